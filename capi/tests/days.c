/* What becomes of a household on days that are not usual: a store that is full, a map in a file of Valetudo, an owner who lets the
 * robot tell more. */
#include "memory.h"

/* λ = 2, so that a release is drawn, and all that a policy can opt in to. */
static const char POLICY[] =
    "{\"zones\":4,\"odds\":[2,1],\"odds_cap\":[16,1],\"areas\":16,"
    "\"redacted_kinds\":[\"bedroom\",\"nursery\",\"bathroom\",\"toilet\"],\"floors\":1,"
    "\"done_after_s\":{\"spot\":600,\"area\":1800,\"zone\":2700,\"all\":7200},"
    "\"opt_ins\":[\"zone\",\"progress_tenths\",\"true_duration\",\"failure\",\"pose\"]}";

static homeveil_policy *policy;
static homeveil_redaction *redaction;

static homeveil_device *opened(memory *flash, uint8_t *counter)
{
    homeveil_store store = {sizeof store, flash, load, save};
    homeveil_device_options options = homeveil_device_options_default();
    homeveil_device *device = NULL;
    options.store = &store, options.fill = count_up, options.fill_context = counter;
    OK(homeveil_device_open(policy, &options, &device));
    return device;
}

static void consented(homeveil_device *device)
{
    homeveil_consent consent = homeveil_consent_default();
    consent.id = "c-1", consent.controller = "Maker", consent.from_s = NOW, consent.until_s = NOW + 86400 * 365;
    OK(homeveil_device_consent(device, &consent, NOW));
}

static int are_equal(const homeveil_bytes *a, const homeveil_bytes *b)
{
    size_t len = homeveil_bytes_len(a);
    return len > 0 && len == homeveil_bytes_len(b) && memcmp(homeveil_bytes_data(a), homeveil_bytes_data(b), len) == 0;
}

static int says(const homeveil_bytes *bytes, const char *text)
{
    return strstr((const char *)homeveil_bytes_data(bytes), text) != NULL;
}

/* The store has no room from some write of a map's on. The program hears of it where the draw cannot be stored; a key finds its room
 * later. Once there is room, the household goes on, and what was drawn before is what is released ever after. */
static void full_stores(const homeveil_home *home)
{
    int failed = 0, drawn = 0;
    for (size_t writes = 1;; writes++) {
        memory flash = {0};
        uint8_t counter = (uint8_t)(writes * 16);
        homeveil_bytes *before = NULL, *after = NULL, *again = NULL;
        homeveil_device *device = opened(&flash, &counter);
        consented(device);
        flash.full = flash.saves + writes;
        homeveil_status status = homeveil_device_on_map(device, home, redaction, NOW + 1);
        int has_failed = status != HOMEVEIL_STATUS_OK;
        EXPECT(!has_failed || status == HOMEVEIL_STATUS_STORE);
        failed += has_failed;
        EXPECT(flash.saves >= flash.full);
        homeveil_device_free(device);
        flash.full = 0;
        device = opened(&flash, &counter);
        status = homeveil_device_release_json(device, NOW + 2, &before);
        EXPECT(status == HOMEVEIL_STATUS_OK || (status == HOMEVEIL_STATUS_NOT_DRAWN && before == NULL));
        OK(homeveil_device_on_map(device, home, redaction, NOW + 3));
        OK(homeveil_device_check_floor(device, 0));
        OK(homeveil_device_release_json(device, NOW + 4, &after));
        EXPECT(before == NULL || are_equal(before, after));
        drawn += has_failed && before != NULL;
        homeveil_device_free(device);
        device = opened(&flash, &counter);
        OK(homeveil_device_release_json(device, NOW + 5, &again));
        EXPECT(are_equal(after, again));
        homeveil_device_free(device);
        homeveil_bytes_free(before), homeveil_bytes_free(after), homeveil_bytes_free(again);
        forget(&flash);
        if (!has_failed) {
            break;
        }
    }
    EXPECT(failed == 2 && drawn == 1);

    /* A log that finds no room stops no release; it is kept, and stored with the next one. */
    memory flash = {0};
    uint8_t counter = 0;
    homeveil_bytes *first = NULL, *second = NULL, *log = NULL;
    homeveil_device *device = opened(&flash, &counter);
    consented(device);
    OK(homeveil_device_on_map(device, home, redaction, NOW + 1));
    flash.full = 1;
    size_t saves = flash.saves;
    OK(homeveil_device_release_json(device, NOW + 2, &first));
    EXPECT(flash.saves > saves);
    flash.full = 0;
    OK(homeveil_device_release_json(device, NOW + 3, &second));
    EXPECT(are_equal(first, second));
    homeveil_device_free(device);
    device = opened(&flash, &counter);
    OK(homeveil_device_log_json(device, &log));
    EXPECT(says(log, "{\"what\":\"release\",\"count\":2,"));
    homeveil_device_free(device);
    homeveil_bytes_free(first), homeveil_bytes_free(second), homeveil_bytes_free(log);
    forget(&flash);
}

/* The small map as a file of Valetudo's: its cells are of 10 cm, and its rows go down. */
static char *valetudo(void)
{
    static const char *const layers[] = {
        "{\"type\":\"segment\",\"metaData\":{\"segmentId\":\"10\",\"name\":\"Kitchen\"},",
        "{\"type\":\"segment\",\"metaData\":{\"segmentId\":\"11\",\"name\":\"Living room\"},",
        "{\"type\":\"wall\",\"metaData\":{},",
    };
    static const int numbers[] = {10, 11, UINT16_MAX};
    size_t capacity = 1 << 16, len = 0;
    char *json = malloc(capacity);
    EXPECT(json != NULL);
    (void)map_of_labels();
    len += (size_t)snprintf(json + len, capacity - len, "{\"metaData\":{\"version\":2},\"pixelSize\":10,\"layers\":[");
    for (int layer = 0; layer < 3; layer++) {
        const char *comma = "";
        len += (size_t)snprintf(json + len, capacity - len, "%s%s\"compressedPixels\":[", layer > 0 ? "," : "", layers[layer]);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int x = i % WIDTH, y = HEIGHT - 1 - i / WIDTH, run = 0;
            while (x + run < WIDTH && labels[y * WIDTH + x + run] == numbers[layer]) {
                run++;
            }
            if (run > 0 && (x == 0 || labels[y * WIDTH + x - 1] != numbers[layer])) {
                len += (size_t)snprintf(json + len, capacity - len, "%s%d,%d,%d", comma, 100 + x, 200 + i / WIDTH, run);
                comma = ",";
            }
        }
        len += (size_t)snprintf(json + len, capacity - len, "]}");
    }
    len += (size_t)snprintf(json + len, capacity - len, "],\"entities\":[{\"type\":\"charger_location\",\"points\":[1055,2345]}]}");
    EXPECT(len < capacity);
    return json;
}

/* The same home from labels and from a file has the same release, and the key cleans as many cells of both. */
static void files(const homeveil_home *home)
{
    char *json = valetudo();
    homeveil_home *read = NULL;
    OK(homeveil_home_from_valetudo((const uint8_t *)json, strlen(json), 0.17, &read));
    const homeveil_home *homes[] = {home, read};
    homeveil_bytes *releases[] = {NULL, NULL};
    size_t cells[] = {0, 0};
    const char *go = "{\"client\":1,\"id\":1,\"goals\":[{\"zone\":1}]}";
    for (int i = 0; i < 2; i++) {
        memory flash = {0};
        uint8_t counter = 0;
        homeveil_bytes *answer = NULL;
        homeveil_command *command = NULL;
        homeveil_tasks *tasks = NULL;
        homeveil_pose pose = {0.5, 0.5, 0.0};
        homeveil_device *device = opened(&flash, &counter);
        consented(device);
        OK(homeveil_device_on_map(device, homes[i], redaction, NOW + 1));
        OK(homeveil_device_release_json(device, NOW + 2, &releases[i]));
        OK(homeveil_device_on_command(device, (const uint8_t *)go, strlen(go), NOW + 3, &answer, &command));
        OK(homeveil_device_tasks(device, command, pose, NOW + 3, &tasks));
        OK(homeveil_tasks_status(tasks, 0));
        size_t len = 0;
        const homeveil_run *runs = homeveil_tasks_runs(tasks, 0, &len);
        for (size_t run = 0; run < len; run++) {
            cells[i] += runs[run].len;
        }
        homeveil_tasks_free(tasks);
        homeveil_command_free(command);
        homeveil_bytes_free(answer);
        homeveil_device_free(device);
        forget(&flash);
    }
    EXPECT(are_equal(releases[0], releases[1]));
    EXPECT(cells[0] > 100 && cells[0] == cells[1]);
    homeveil_bytes_free(releases[0]), homeveil_bytes_free(releases[1]);
    homeveil_home_free(read);
    free(json);
}

/* What the policy opts in to arrives, with the numbers that were given. */
static void told(const homeveil_home *home)
{
    memory flash = {0};
    uint8_t counter = 0;
    homeveil_bytes *bytes = NULL;
    homeveil_command *command = NULL;
    homeveil_pose pose = {0.5, 0.5, 0.0};
    homeveil_device *device = opened(&flash, &counter);
    const char *commands[] = {"{\"client\":3,\"id\":7,\"goals\":[\"all\"]}", "{\"client\":3,\"id\":8,\"goals\":[\"all\"]}"};
    consented(device);
    OK(homeveil_device_on_map(device, home, redaction, NOW + 1));
    for (int i = 0; i < 2; i++) {
        OK(homeveil_device_on_command(device, (const uint8_t *)commands[i], strlen(commands[i]), NOW + 2, &bytes, &command));
        EXPECT(command != NULL);
        homeveil_command_free(command), command = NULL;
        homeveil_bytes_free(bytes), bytes = NULL;
    }
    OK(homeveil_device_on_pose(device, 0, pose, NOW + 3, &bytes));
    EXPECT(says(bytes, "[{\"zone\":{\"floor\":0,\"zone\":") && says(bytes, "},{\"pose\":{\"floor\":0,\"at\":["));
    homeveil_bytes_free(bytes), bytes = NULL;
    OK(homeveil_device_progress(device, 3, 7, 4, NOW + 4, &bytes));
    EXPECT(strcmp((const char *)homeveil_bytes_data(bytes), "{\"progress\":{\"client\":3,\"id\":7,\"tenths\":4}}") == 0);
    homeveil_bytes_free(bytes), bytes = NULL;
    OK(homeveil_device_finished(device, 3, 7, 1234, NOW + 5, &bytes));
    EXPECT(strcmp((const char *)homeveil_bytes_data(bytes), "{\"finished\":{\"client\":3,\"id\":7,\"seconds\":1234}}") == 0);
    homeveil_bytes_free(bytes), bytes = NULL;
    OK(homeveil_device_failed(device, 3, 8, HOMEVEIL_FAILURE_STOPPED, NOW + 6, &bytes));
    EXPECT(strcmp((const char *)homeveil_bytes_data(bytes), "{\"failed\":{\"client\":3,\"id\":8,\"failure\":\"stopped\"}}") == 0);
    homeveil_bytes_free(bytes), bytes = NULL;
    EXPECT(homeveil_device_progress(device, 3, 9, 4, NOW + 7, &bytes) != HOMEVEIL_STATUS_OK && bytes == NULL);
    homeveil_device_free(device);
    forget(&flash);
}

int main(void)
{
    homeveil_home *home = NULL;
    homeveil_label_map map = map_of_labels();
    static const homeveil_room rooms[] = {{10, HOMEVEIL_KIND_KITCHEN}, {11, HOMEVEIL_KIND_LIVING}};
    map.rooms = rooms, map.rooms_len = 2;
    OK(homeveil_policy_from_json((const uint8_t *)POLICY, strlen(POLICY), &policy));
    OK(homeveil_redaction_new(policy, &redaction));
    OK(homeveil_home_from_labels(&map, &home));
    full_stores(home);
    files(home);
    told(home);
    homeveil_home_free(home);
    homeveil_redaction_free(redaction);
    homeveil_policy_free(policy);
    return 0;
}
