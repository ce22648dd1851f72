/* A year of a robot through the C functions, and the most memory it ever had. year FOLDER MAP.json [DAYS]
 * Each day: the map comes in, the release goes out, a command is resolved, "done" is told, the robot restarts. Linux only.
 *
 * Prints the first release; memory goes to the other stream. Its randomness counts, so that what it prints and stores is
 * the same on every machine: arm.sh compares. */
#include "homeveil.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* λ = 2, so that a release is drawn: the default's is a constant. */
static const char POLICY[] =
    "{\"zones\":4,\"odds\":[2,1],\"odds_cap\":[16,1],\"areas\":16,"
    "\"redacted_kinds\":[\"bedroom\",\"nursery\",\"bathroom\",\"toilet\"],\"floors\":1,"
    "\"done_after_s\":{\"spot\":600,\"area\":1800,\"zone\":2700,\"all\":7200},\"opt_ins\":[]}";

static void must(homeveil_status status, const char *what)
{
    if (status != HOMEVEIL_STATUS_OK) {
        fprintf(stderr, "%s: %s\n", what, homeveil_status_text(status));
        exit(1);
    }
}

/* The most memory so far, in KiB. */
static long peak_kib(void)
{
    char line[128];
    long kib = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status != NULL && fgets(line, sizeof line, status) != NULL) {
        if (sscanf(line, "VmHWM: %ld", &kib) == 1) {
            break;
        }
    }
    if (status != NULL) {
        fclose(status);
    }
    return kib;
}

static int32_t count_up(void *context, uint8_t *buffer, size_t len)
{
    uint8_t *counter = context;
    for (size_t i = 0; i < len; i++) {
        buffer[i] = (*counter)++;
    }
    return 0;
}

int main(int argc, char **argv)
{
    uint8_t counter = 0;
    homeveil_policy *policy = NULL;
    homeveil_redaction *redaction = NULL;
    homeveil_device *device = NULL;
    homeveil_home *home = NULL;
    homeveil_device_options options = homeveil_device_options_default();
    homeveil_consent consent = homeveil_consent_default();
    uint64_t now = 1790000000;
    size_t cells = 0;
#ifdef __GLIBC__
    /* Large blocks go back to the system when they are freed, as those of other C libraries do. */
    mallopt(M_MMAP_THRESHOLD, 1 << 17);
#endif
    if (argc < 3) {
        fprintf(stderr, "usage: year FOLDER MAP.json [DAYS]\n");
        return 2;
    }
    FILE *file = fopen(argv[2], "rb");
    if (file == NULL) {
        perror(argv[2]);
        return 2;
    }
    fseek(file, 0, SEEK_END);
    size_t len = (size_t)ftell(file);
    rewind(file);
    uint8_t *map = malloc(len);
    if (map == NULL || fread(map, 1, len, file) != len) {
        return 2;
    }
    fclose(file);
    must(homeveil_home_from_valetudo(map, len, 0.17, &home), "map");
    free(map);
    long with_map = peak_kib();
    must(homeveil_policy_from_json((const uint8_t *)POLICY, sizeof POLICY - 1, &policy), "policy");
    must(homeveil_redaction_new(policy, &redaction), "redaction");
    must(homeveil_redaction_set_unlabelled(redaction, 1), "redaction");
    options.folder = argv[1], options.fill = count_up, options.fill_context = &counter;
    consent.id = "c-1", consent.controller = "Robot Maker", consent.from_s = now, consent.until_s = now + 400 * 86400;
    int days = argc > 3 ? atoi(argv[3]) : 365;
    clock_t begun = clock();
    for (int day = 0; day < days; day++) {
        char json[80];
        homeveil_bytes *release = NULL, *answer = NULL, *messages = NULL;
        homeveil_command *command = NULL;
        homeveil_tasks *tasks = NULL;
        uint64_t due = 0;
        must(homeveil_device_open(policy, &options, &device), "open");
        must(homeveil_device_consent(device, &consent, now), "consent");
        must(homeveil_device_on_map(device, home, redaction, now), "map in");
        must(homeveil_device_release_json(device, now, &release), "release");
        if (day == 0) {
            puts((const char *)homeveil_bytes_data(release));
        }
        snprintf(json, sizeof json, "{\"id\":%d,\"goals\":[{\"zone\":%d}]}", day + 1, day % 4 + 1);
        must(homeveil_device_on_command(device, (const uint8_t *)json, strlen(json), now, &answer, &command), "command");
        must(homeveil_device_tasks(device, command, (homeveil_pose){0.0, 0.0, 0.0}, now, &tasks), "tasks");
        (void)homeveil_tasks_runs(tasks, 0, &len);
        cells += len;
        must(homeveil_device_next_tick(device, &due), "next tick");
        must(homeveil_device_on_tick(device, due, &messages), "tick");
        homeveil_tasks_free(tasks);
        homeveil_command_free(command);
        homeveil_bytes_free(messages);
        homeveil_bytes_free(answer);
        homeveil_bytes_free(release);
        homeveil_device_free(device);
        now += 86400;
    }
    printf("%d days, %zu runs to clean\n", days, cells);
    double seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
    fprintf(stderr, "most memory %ld KiB, %ld of them once the map was read\nseconds: %.4f\n", peak_kib(), with_map, seconds);
    homeveil_home_free(home);
    homeveil_redaction_free(redaction);
    homeveil_policy_free(policy);
    return 0;
}
