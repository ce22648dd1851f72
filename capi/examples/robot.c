/* A robot's day with homeveil: a map in, a release out, a power cut, the same release again, a map that was turned, a command of
 * the cloud, consent withdrawn.
 *
 *     cc -std=c99 -I capi/include capi/examples/robot.c target/release/libhomeveil.a -lpthread -ldl -lm -lrt -lgcc_s -o robot
 *     rm -rf store && mkdir store && ./robot store
 */
#define _POSIX_C_SOURCE 200809L
#include "homeveil.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WIDTH 120
#define HEIGHT 80
#define CELL_M 0.05
/* 20 degrees, their cosine and sine. */
#define TURN_RAD 0.3490658503988659
#define TURN_COS 0.9396926207859084
#define TURN_SIN 0.3420201433256687
enum { UNKNOWN = 0, HALL = 10, KITCHEN = 11, LIVING = 12, BEDROOM = 13, WALL = 255 };

/* Ends the program where a call that has to succeed does not. */
static void must(homeveil_status status, const char *what)
{
    if (status != HOMEVEIL_STATUS_OK) {
        fprintf(stderr, "%s: %s\n", what, homeveil_status_text(status));
        exit(1);
    }
}

static void fill(uint16_t *labels, int x0, int y0, int x1, int y1, uint16_t label)
{
    for (int y = y0; y < y1; y++) {
        for (int x = x0; x < x1; x++) {
            labels[y * WIDTH + x] = label;
        }
    }
}

/* What the robot has mapped: a hall, and three rooms that open to it. */
static void draw(uint16_t *labels)
{
    fill(labels, 0, 0, WIDTH, HEIGHT, WALL);
    fill(labels, 2, 2, 118, 24, HALL);
    fill(labels, 2, 26, 40, 78, KITCHEN);
    fill(labels, 42, 26, 80, 78, LIVING);
    fill(labels, 82, 26, 118, 78, BEDROOM);
    fill(labels, 14, 24, 32, 26, HALL);
    fill(labels, 52, 24, 70, 26, HALL);
    fill(labels, 92, 24, 110, 26, HALL);
}

/* A place of the map, in the frame of the robot's poses, where the map is turned in it and where it is not. */
static homeveil_point placed(double x_m, double y_m, int is_turned)
{
    homeveil_point as_it_is = {x_m, y_m};
    homeveil_point turned = {TURN_COS * x_m - TURN_SIN * y_m, TURN_SIN * x_m + TURN_COS * y_m};
    return is_turned ? turned : as_it_is;
}

static homeveil_home *home_of(const uint16_t *labels, int is_turned)
{
    static const homeveil_room rooms[] = {
        {HALL, HOMEVEIL_KIND_HALLWAY},
        {KITCHEN, HOMEVEIL_KIND_KITCHEN},
        {LIVING, HOMEVEIL_KIND_LIVING},
        {BEDROOM, HOMEVEIL_KIND_BEDROOM},
    };
    homeveil_label_map map = homeveil_label_map_default();
    homeveil_point dock = placed(0.6, 0.6, is_turned);
    homeveil_home *home = NULL;
    map.width = WIDTH;
    map.height = HEIGHT;
    map.resolution_m = CELL_M;
    map.labels = labels;
    map.labels_len = WIDTH * HEIGHT;
    map.unknown = UNKNOWN;
    map.occupied = WALL;
    map.rooms = rooms;
    map.rooms_len = sizeof rooms / sizeof rooms[0];
    map.yaw_rad = is_turned ? TURN_RAD : 0.0;
    map.dock = &dock;
    must(homeveil_home_from_labels(&map, &home), "map");
    return home;
}

/* The store's first callback: 0 and the blob of a name, 1 where there never was one, or another number where reading failed. */
static int32_t load(void *folder, const char *name, uint8_t *buffer, size_t capacity, size_t *len)
{
    char path[512];
    int32_t failed = 5;
    snprintf(path, sizeof path, "%s/%s", (const char *)folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return errno == ENOENT ? 1 : failed;
    }
    if (fseek(file, 0, SEEK_END) == 0 && ftell(file) >= 0) {
        *len = (size_t)ftell(file);
        rewind(file);
        size_t part = *len < capacity ? *len : capacity;
        failed = fread(buffer, 1, part, file) == part ? 0 : failed;
    }
    fclose(file);
    return failed;
}

/* The second: a new file that is whole and on the disk takes the place of the old one, so that a power cut leaves either. */
static int32_t save(void *folder, const char *name, const uint8_t *bytes, size_t len)
{
    char path[512], new[520];
    snprintf(path, sizeof path, "%s/%s", (const char *)folder, name);
    snprintf(new, sizeof new, "%s.new", path);
    FILE *file = fopen(new, "wb");
    if (file == NULL) {
        return 5;
    }
    int is_whole = fwrite(bytes, 1, len, file) == len && fflush(file) == 0 && fsync(fileno(file)) == 0;
    return fclose(file) == 0 && is_whole && rename(new, path) == 0 ? 0 : 5;
}

static homeveil_device *boot(char *folder, const homeveil_policy *policy)
{
    homeveil_store flash = {sizeof flash, folder, load, save};
    homeveil_device_options options = homeveil_device_options_default();
    homeveil_device *device = NULL;
    options.store = &flash;
    must(homeveil_device_open(policy, &options, &device), "open");
    return device;
}

/* Sends text to the cloud: here, to the terminal. */
static void send_to_cloud(const homeveil_bytes *json)
{
    printf("to the cloud: %.100s%s\n", (const char *)homeveil_bytes_data(json), homeveil_bytes_len(json) > 100 ? "..." : "");
}

int main(int argc, char **argv)
{
    const uint64_t morning = 1790000000;
    const char *json = "{\"client\":1,\"id\":7,\"goals\":[{\"zone\":1}],\"repeats\":2}";
    static uint16_t labels[WIDTH * HEIGHT];
    homeveil_policy *policy = NULL;
    homeveil_redaction *redaction = NULL;
    homeveil_bytes *release = NULL, *again = NULL, *answer = NULL, *messages = NULL, *refused = NULL;
    homeveil_command *command = NULL;
    homeveil_tasks *tasks = NULL;
    homeveil_consent consent = homeveil_consent_default();
    uint64_t due = 0;
    size_t cells = 0;

    if (argc != 2) {
        fprintf(stderr, "usage: robot FOLDER\n");
        return 2;
    }
    must(homeveil_policy_new(&policy), "policy");
    must(homeveil_redaction_new(policy, &redaction), "redaction");

    /* The owner has consented in the app; the first map comes in; the release goes out. */
    homeveil_device *device = boot(argv[1], policy);
    consent.id = "consent-1";
    consent.controller = "Robot Maker";
    consent.from_s = morning;
    consent.until_s = morning + 365 * 86400;
    must(homeveil_device_consent(device, &consent, morning), "consent");
    draw(labels);
    homeveil_home *home = home_of(labels, 0);
    must(homeveil_device_on_map(device, home, redaction, morning + 10), "map in");
    must(homeveil_device_check_floor(device, 0), "the floor's key");
    must(homeveil_device_release_json(device, morning + 11, &release), "release");
    send_to_cloud(release);

    /* The power fails. The robot boots from its store alone. */
    homeveil_device_free(device);
    device = boot(argv[1], policy);
    must(homeveil_device_release_json(device, morning + 60, &again), "release");
    if (homeveil_bytes_len(again) != homeveil_bytes_len(release) ||
        memcmp(homeveil_bytes_data(again), homeveil_bytes_data(release), homeveil_bytes_len(release)) != 0) {
        fprintf(stderr, "another release\n");
        return 1;
    }
    printf("the same release after the power cut\n");

    /* The next map is turned; the key follows. */
    homeveil_home_free(home);
    home = home_of(labels, 1);
    must(homeveil_device_on_map(device, home, redaction, morning + 90), "turned map in");

    /* "Clean zone 1, twice", says the cloud. */
    must(homeveil_device_on_command(device, (const uint8_t *)json, strlen(json), morning + 100, &answer, &command), "command");
    send_to_cloud(answer);
    homeveil_point at = placed(1.0, 0.6, 1);
    homeveil_pose pose = {at.x_m, at.y_m, 0.0};
    must(homeveil_device_tasks(device, command, pose, morning + 100, &tasks), "tasks");
    for (size_t task = 0; task < homeveil_tasks_len(tasks); task++) {
        size_t len = 0;
        const homeveil_run *runs = homeveil_tasks_runs(tasks, task, &len);
        must(homeveil_tasks_status(tasks, task), "task");
        for (size_t run = 0; run < len; run++) {
            cells += runs[run].len;
        }
    }
    printf("to clean, %d times: %.1f m2\n", homeveil_command_repeats(command), (double)cells * CELL_M * CELL_M);

    /* "Done" goes out when the policy says, however long the robot took. */
    must(homeveil_device_next_tick(device, &due), "next tick");
    must(homeveil_device_on_tick(device, due, &messages), "tick");
    send_to_cloud(messages);

    /* The owner withdraws: nothing leaves any more. */
    must(homeveil_device_withdraw(device, due + 60), "withdraw");
    homeveil_status status = homeveil_device_release_json(device, due + 61, &refused);
    printf("after the withdrawal: %s\n", homeveil_status_text(status));

    homeveil_tasks_free(tasks);
    homeveil_command_free(command);
    homeveil_bytes_free(messages);
    homeveil_bytes_free(answer);
    homeveil_bytes_free(again);
    homeveil_bytes_free(release);
    homeveil_home_free(home);
    homeveil_device_free(device);
    homeveil_redaction_free(redaction);
    homeveil_policy_free(policy);
    return status == HOMEVEIL_STATUS_CONSENT && refused == NULL && cells > 0 ? 0 : 1;
}
