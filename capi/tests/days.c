/* What becomes of a household on days that are not usual: a store that is full, a map in a file of Valetudo, an owner who lets the
 * robot tell more. */
#include "memory.h"

/* λ = 2, so that a release is drawn, and all that a policy can opt in to. */
static const char POLICY[] =
    "{\"zones\":4,\"odds\":[2,1],\"odds_cap\":[16,1],\"areas\":16,"
    "\"redacted_kinds\":[\"bedroom\",\"nursery\",\"bathroom\",\"toilet\"],\"floors\":1,"
    "\"done_after_s\":{\"spot\":600,\"area\":1800,\"zone\":2700,\"all\":7200},"
    "\"opt_ins\":[\"zone\",\"progress_tenths\",\"true_duration\",\"failure\",\"pose\"]}";

/* The rooms of the small map. */
static const homeveil_room NAMED[] = {{10, HOMEVEIL_KIND_KITCHEN}, {11, HOMEVEIL_KIND_LIVING}};

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

/* The same home from labels and from a file has the same release, and the key cleans as many cells of both. Places of the file are
 * told by the corner of its grid: the robot stands at its charger. */
static void files(const homeveil_home *home)
{
    char *json = valetudo();
    homeveil_home *read = NULL;
    OK(homeveil_home_from_valetudo((const uint8_t *)json, strlen(json), 0.17, &read));
    homeveil_point corner = {0.0, 0.0};
    OK(homeveil_home_corner(read, &corner));
    EXPECT(corner.x_m > 9.999 && corner.x_m < 10.001 && corner.y_m > 23.999 && corner.y_m < 24.001);
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
        if (i == 1) {
            pose.x_m = 1055 / 100.0 - corner.x_m, pose.y_m = corner.y_m - 2345 / 100.0;
        }
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
    EXPECT(homeveil_device_progress(device, 3, 9, 4, NOW + 7, &bytes) == HOMEVEIL_STATUS_UNKNOWN_COMMAND && bytes == NULL);
    homeveil_device_free(device);
    forget(&flash);
}

static homeveil_device *opened_with(const homeveil_policy *other, memory *flash, uint8_t *counter)
{
    const homeveil_policy *own = policy;
    policy = (homeveil_policy *)other;
    homeveil_device *device = opened(flash, counter);
    policy = (homeveil_policy *)own;
    return device;
}

/* The cells to clean for a command, all of them on a map of this size. */
static size_t cells_to_clean(homeveil_device *device, const homeveil_command *command, uint32_t width, uint32_t height)
{
    homeveil_tasks *tasks = NULL;
    homeveil_pose pose = {0.5, 0.5, 0.0};
    size_t len = 0, cells = 0;
    OK(homeveil_device_tasks(device, command, pose, NOW + 9, &tasks));
    OK(homeveil_tasks_status(tasks, 0));
    const homeveil_run *runs = homeveil_tasks_runs(tasks, 0, &len);
    for (size_t run = 0; run < len; run++) {
        EXPECT(runs[run].x + runs[run].len <= width && runs[run].y < height);
        cells += runs[run].len;
    }
    homeveil_tasks_free(tasks);
    return cells;
}

/* A household with two floors: each has a map, a key and commands of its own, and an update to a policy of one floor waits for
 * the next epoch. */
static void two_floors(const homeveil_home *home)
{
    memory flash = {0};
    uint8_t counter = 0, floors = 0;
    char json[sizeof POLICY];
    homeveil_policy *two = NULL;
    homeveil_bytes *bytes = NULL;
    homeveil_command *command = NULL;
    homeveil_home *attic = NULL;
    homeveil_label_map map = map_of_labels();
    homeveil_tasks *tasks = NULL;
    homeveil_pose pose = {0.5, 0.5, 0.0};
    const char *upstairs = "{\"client\":1,\"id\":1,\"floor\":1,\"goal\":\"all\"}";
    memcpy(json, POLICY, sizeof POLICY);
    strstr(json, "\"floors\":")[strlen("\"floors\":")] = '2';
    OK(homeveil_policy_from_json((const uint8_t *)json, strlen(json), &two));
    map.height = HEIGHT / 2, map.labels_len = WIDTH * HEIGHT / 2, map.rooms = NAMED, map.rooms_len = 2;
    OK(homeveil_home_from_labels(&map, &attic));
    homeveil_device *device = opened_with(two, &flash, &counter);
    consented(device);
    OK(homeveil_device_floors(device, &floors));
    EXPECT(floors == 2 && homeveil_device_floors(device, NULL) == HOMEVEIL_STATUS_NULL);
    EXPECT(homeveil_device_floors(NULL, &floors) == HOMEVEIL_STATUS_NULL);
    EXPECT(homeveil_device_on_map(device, home, redaction, NOW + 1) == HOMEVEIL_STATUS_UNKNOWN_FLOOR);
    const homeveil_home *below[] = {home, NULL}, *above[] = {NULL, attic};
    const homeveil_redaction *redactions[] = {redaction, redaction}, *missing[] = {NULL, NULL};
    EXPECT(homeveil_device_on_maps(device, below, missing, 2, NOW + 1) == HOMEVEIL_STATUS_NULL);
    OK(homeveil_device_on_maps(device, below, redactions, 2, NOW + 1));
    OK(homeveil_device_check_floor(device, 0));
    EXPECT(homeveil_device_check_floor(device, 1) == HOMEVEIL_STATUS_NO_KEY);
    OK(homeveil_device_on_command(device, (const uint8_t *)upstairs, strlen(upstairs), NOW + 2, &bytes, &command));
    EXPECT(command != NULL && homeveil_command_floor(command) == 1);
    EXPECT(homeveil_device_tasks(device, command, pose, NOW + 2, &tasks) == HOMEVEIL_STATUS_NO_KEY && tasks == NULL);
    homeveil_command_free(command), homeveil_bytes_free(bytes), command = NULL, bytes = NULL;
    OK(homeveil_device_on_maps(device, above, redactions, 2, NOW + 3));
    OK(homeveil_device_check_floor(device, 0));
    OK(homeveil_device_check_floor(device, 1));
    homeveil_device_free(device);

    device = opened(&flash, &counter);
    OK(homeveil_device_pending(device, 0, NOW + 4, &command));
    EXPECT(command != NULL && homeveil_command_floor(command) == 1);
    EXPECT(cells_to_clean(device, command, WIDTH, HEIGHT / 2) > 100);
    homeveil_command_free(command), command = NULL;
    OK(homeveil_device_floors(device, &floors));
    EXPECT(floors == 2 && homeveil_device_on_map(device, home, redaction, NOW + 5) == HOMEVEIL_STATUS_UNKNOWN_FLOOR);
    OK(homeveil_device_new_epoch(device, NOW + 6));
    OK(homeveil_device_floors(device, &floors));
    EXPECT(floors == 1);
    OK(homeveil_device_on_map(device, home, redaction, NOW + 7));
    homeveil_device_free(device);
    homeveil_home_free(attic);
    homeveil_policy_free(two);
    forget(&flash);
}

/* A command that the program kept while an update brought a policy of fewer zones. */
static void fewer_zones(const homeveil_home *home)
{
    memory flash = {0};
    uint8_t counter = 0;
    char json[sizeof POLICY];
    homeveil_policy *six = NULL;
    homeveil_bytes *bytes = NULL;
    homeveil_command *command = NULL;
    homeveil_tasks *tasks = NULL;
    homeveil_pose pose = {0.5, 0.5, 0.0};
    const char *go = "{\"id\":1,\"goals\":[{\"zone\":6},{\"zone\":1}]}";
    memcpy(json, POLICY, sizeof POLICY);
    strstr(json, "\"zones\":")[strlen("\"zones\":")] = '6';
    OK(homeveil_policy_from_json((const uint8_t *)json, strlen(json), &six));
    homeveil_device *device = opened_with(six, &flash, &counter);
    consented(device);
    OK(homeveil_device_on_map(device, home, redaction, NOW + 1));
    OK(homeveil_device_on_command(device, (const uint8_t *)go, strlen(go), NOW + 2, &bytes, &command));
    EXPECT(command != NULL);
    homeveil_bytes_free(bytes), bytes = NULL;
    homeveil_device_free(device);

    device = opened(&flash, &counter);
    OK(homeveil_device_new_epoch(device, NOW + 3));
    OK(homeveil_device_on_map(device, home, redaction, NOW + 4));
    OK(homeveil_device_tasks(device, command, pose, NOW + 5, &tasks));
    EXPECT(homeveil_tasks_status(tasks, 0) == HOMEVEIL_STATUS_UNKNOWN_ZONE);
    EXPECT(homeveil_tasks_kind(tasks, 0) == HOMEVEIL_TASK_NOTHING);
    OK(homeveil_tasks_status(tasks, 1));
    homeveil_tasks_free(tasks), homeveil_command_free(command);
    homeveil_device_free(device);
    homeveil_policy_free(six);
    forget(&flash);
}

/* A state of an earlier version of the library, which is opened with the policy that it was drawn under or not at all. */
static void earlier_states(void)
{
    static const char own[] = "capi/tests/days.c", name[] = "tests/integration/golden/state_version_3.bin";
    memory flash = {0};
    uint8_t counter = 0;
    char path[4096] = __FILE__;
    homeveil_store store = {sizeof store, &flash, load, save};
    homeveil_device_options options = homeveil_device_options_default();
    homeveil_device *device = NULL;
    static uint8_t state[1 << 16];
    char *end = path + strlen(path) - strlen(own);
    EXPECT(strcmp(end, own) == 0);
    strcpy(end, name);
    FILE *file = fopen(path, "rb");
    EXPECT(file != NULL);
    size_t len = fread(state, 1, sizeof state, file);
    fclose(file);
    EXPECT(len > 0 && len < sizeof state && save(&flash, "state", state, len) == 0);
    options.store = &store, options.fill = count_up, options.fill_context = &counter;
    EXPECT(homeveil_device_open(policy, &options, &device) == HOMEVEIL_STATUS_EARLIER_POLICY && device == NULL);
    EXPECT(flash.saves == 1 && memcmp(flash.blobs[0].bytes, state, len) == 0);
    forget(&flash);
}

/* What the owner consented to, under a clock that loses the time or runs ahead. */
static void consents(const homeveil_home *home)
{
    memory flash = {0};
    uint8_t counter = 0;
    homeveil_bytes *release = NULL, *research = NULL, *none = NULL;
    homeveil_consent consent = homeveil_consent_default();
    homeveil_device *device = opened(&flash, &counter);
    EXPECT(homeveil_device_withdraw(device, NOW) == HOMEVEIL_STATUS_CONSENT);
    consent.id = "c-1", consent.controller = "Maker", consent.from_s = NOW, consent.until_s = NOW + 86400 * 365;
    consent.purposes |= HOMEVEIL_PURPOSE_ACADEMIC_RESEARCH;
    OK(homeveil_device_consent(device, &consent, NOW));
    OK(homeveil_device_on_map(device, home, redaction, NOW + 1));

    /* The same bytes go out for what the owner named, and for nothing else. */
    OK(homeveil_device_release_json(device, NOW + 2, &release));
    OK(homeveil_device_release_json_for(device, HOMEVEIL_PURPOSE_ACADEMIC_RESEARCH, NOW + 2, &research));
    EXPECT(are_equal(release, research));
    EXPECT(homeveil_device_release_json_for(device, HOMEVEIL_PURPOSE_IMPROVEMENT, NOW + 2, &none) == HOMEVEIL_STATUS_CONSENT);
    uint32_t no_purposes[] = {0, HOMEVEIL_PURPOSE_REQUESTED_SERVICE | HOMEVEIL_PURPOSE_ACADEMIC_RESEARCH, 64, UINT32_MAX};
    for (int i = 0; i < 4; i++) {
        EXPECT(homeveil_device_release_json_for(device, no_purposes[i], NOW + 2, &none) == HOMEVEIL_STATUS_NUMBER);
    }
    EXPECT(homeveil_device_release_json_for(device, 1, NOW + 2, NULL) == HOMEVEIL_STATUS_NULL && none == NULL);

    /* A robot that boots in 1970 is to look at its clock and not to ask the owner. Its key goes on with the home. */
    consent.id = "c-2", consent.from_s = NOW + 3;
    OK(homeveil_device_consent(device, &consent, NOW + 3));
    EXPECT(homeveil_device_release_json(device, 60, &none) == HOMEVEIL_STATUS_CONSENT_NOT_YET && none == NULL);
    OK(homeveil_device_on_map(device, home, redaction, 60));
    EXPECT(homeveil_device_release_json(device, NOW + 86400 * 3650u, &none) == HOMEVEIL_STATUS_CLOCK_JUMPED);
    consent.id = "c-1";
    EXPECT(homeveil_device_consent(device, &consent, NOW + 5) == HOMEVEIL_STATUS_CONSENT_REPEATED);

    /* Withdrawn, and a power cut would bring it back: the call says so until it does not. */
    flash.full = 1;
    EXPECT(homeveil_device_withdraw(device, NOW + 6) == HOMEVEIL_STATUS_STORE);
    EXPECT(homeveil_device_release_json(device, NOW + 7, &none) == HOMEVEIL_STATUS_CONSENT);
    flash.full = 0;
    OK(homeveil_device_withdraw(device, NOW + 8));
    homeveil_device_free(device);
    device = opened(&flash, &counter);
    EXPECT(homeveil_device_release_json(device, NOW + 9, &none) == HOMEVEIL_STATUS_CONSENT && none == NULL);
    OK(homeveil_device_on_map(device, home, redaction, NOW + 10));
    homeveil_device_free(device);
    homeveil_bytes_free(release), homeveil_bytes_free(research);
    forget(&flash);
}

static void wear(memory *flash, const char *name)
{
    for (size_t i = 0; i < flash->count; i++) {
        if (strcmp(flash->blobs[i].name, name) == 0) {
            flash->blobs[i].bytes[flash->blobs[i].len / 2] ^= 1;
            return;
        }
    }
    EXPECT(!"there is such a blob");
}

/* Cells of the storage that lost what was in them; and what the owner has still to choose. */
static void damages(const homeveil_home *home)
{
    memory flash = {0};
    uint8_t counter = 0;
    homeveil_bytes *bytes = NULL;
    homeveil_command *command = NULL;
    homeveil_redaction *unchosen = NULL, *absent = NULL;
    homeveil_home *other = NULL, *unnamed = NULL;
    homeveil_label_map map = map_of_labels();
    homeveil_store store = {sizeof store, &flash, load, save};
    homeveil_device_options options = homeveil_device_options_default();
    uint32_t rooms[] = {10}, nowhere[] = {12}, mark = 0;
    homeveil_point line[] = {{1e5, 0.0}, {1e5, 1.0}};
    const char *go = "{\"id\":1,\"goal\":\"all\"}";
    homeveil_keep_out far = {line, 2};
    homeveil_device *device = opened(&flash, &counter);
    OK(homeveil_home_from_labels(&map, &unnamed));
    map.height = HEIGHT / 2, map.labels_len = WIDTH * HEIGHT / 2;
    OK(homeveil_home_from_labels(&map, &other));
    consented(device);
    OK(homeveil_redaction_new(policy, &unchosen));
    OK(homeveil_device_on_map(device, unnamed, unchosen, NOW + 1));
    EXPECT(homeveil_device_check_floor(device, 0) == HOMEVEIL_STATUS_UNLABELLED);
    OK(homeveil_redaction_new(policy, &absent));
    OK(homeveil_redaction_add_rooms(absent, nowhere, 1));
    OK(homeveil_device_on_map(device, home, absent, NOW + 1));
    EXPECT(homeveil_device_check_floor(device, 0) == HOMEVEIL_STATUS_UNKNOWN_ROOM);
    OK(homeveil_device_on_map(device, home, unchosen, NOW + 2));
    OK(homeveil_device_check_floor(device, 0));
    EXPECT(homeveil_device_bind_area(device, 0, 1, other, rooms, 1) == HOMEVEIL_STATUS_OTHER_MAP);
    EXPECT(homeveil_device_bind_area(device, 0, 1, home, nowhere, 1) == HOMEVEIL_STATUS_NOTHING_TO_MARK);
    EXPECT(homeveil_device_bar(device, 0, &far, &mark) == HOMEVEIL_STATUS_TOO_FAR);
    OK(homeveil_device_on_command(device, (const uint8_t *)go, strlen(go), NOW + 2, &bytes, &command));
    EXPECT(command != NULL);
    homeveil_command_free(command), homeveil_bytes_free(bytes), command = NULL, bytes = NULL;
    homeveil_device_free(device);

    wear(&flash, "key-0"), wear(&flash, "queue"), wear(&flash, "log");
    device = opened(&flash, &counter);
    EXPECT(homeveil_device_check_floor(device, 0) == HOMEVEIL_STATUS_KEY_DAMAGED);
    OK(homeveil_device_on_map(device, home, unchosen, NOW + 3));
    EXPECT(homeveil_device_check_floor(device, 0) == HOMEVEIL_STATUS_KEY_REMADE);
    OK(homeveil_device_pending(device, 0, NOW + 4, &command));
    EXPECT(command == NULL);
    OK(homeveil_device_release_json(device, NOW + 4, &bytes));
    homeveil_bytes_free(bytes);
    homeveil_device_free(device), device = NULL;

    wear(&flash, "state");
    options.store = &store, options.fill = count_up, options.fill_context = &counter;
    EXPECT(homeveil_device_open(policy, &options, &device) == HOMEVEIL_STATUS_STATE_DAMAGED && device == NULL);
    homeveil_home_free(other), homeveil_home_free(unnamed);
    homeveil_redaction_free(unchosen), homeveil_redaction_free(absent);
    forget(&flash);
}

/* A door that is shut today: what lies behind it is out of reach, and every goal says what it is. */
static void shut_doors(const homeveil_home *home)
{
    memory flash = {0};
    uint8_t counter = 0;
    homeveil_bytes *bytes = NULL;
    homeveil_command *command = NULL;
    homeveil_tasks *tasks = NULL;
    homeveil_home *shut = NULL;
    homeveil_label_map map = map_of_labels();
    homeveil_pose poses[] = {{0.5, 0.5, 0.0}, {5.0, 2.0, 0.0}, {500.0, 0.0, 0.0}};
    const char *goals = "{\"id\":1,\"goals\":[{\"zone\":1},{\"zone\":2},{\"zone\":3},{\"zone\":4},{\"drive\":[0.1,0.1]},"
                        "{\"drive\":[9.5,0.1]},{\"drive\":[0.1,9.5]},{\"path\":[[9.5,9.5],[0.1,0.1]]},{\"spot\":[9.5,9.5]}]}";
    int seen[500] = {0};
    homeveil_device *device = opened(&flash, &counter);
    consented(device);
    OK(homeveil_device_on_map(device, home, redaction, NOW + 1));
    for (int y = 0; y < HEIGHT; y++) {
        labels[y * WIDTH + 32] = UINT16_MAX;
    }
    map.rooms = NAMED, map.rooms_len = 2;
    OK(homeveil_home_from_labels(&map, &shut));
    OK(homeveil_device_on_map(device, shut, redaction, NOW + 2));
    OK(homeveil_device_on_command(device, (const uint8_t *)goals, strlen(goals), NOW + 3, &bytes, &command));
    for (int i = 0; i < 3; i++) {
        OK(homeveil_device_tasks(device, command, poses[i], NOW + 3, &tasks));
        EXPECT(homeveil_tasks_len(tasks) == 9);
        for (size_t task = 0; task < 9; task++) {
            int32_t status = homeveil_tasks_status(tasks, task);
            EXPECT(status >= 0 && status < 500 && status != HOMEVEIL_STATUS_OTHER);
            seen[status]++;
        }
        homeveil_tasks_free(tasks), tasks = NULL;
    }
    EXPECT(seen[HOMEVEIL_STATUS_OK] > 0 && seen[HOMEVEIL_STATUS_UNREACHABLE] > 0 && seen[HOMEVEIL_STATUS_POSE] > 0);
    homeveil_command_free(command);
    homeveil_bytes_free(bytes);
    homeveil_device_free(device);
    homeveil_home_free(shut);
    forget(&flash);
}

/* Two devices on one store, which is a mistake of the program's: the one that knows nothing of the other's draw draws nothing. */
static void two_devices(const homeveil_home *home)
{
    memory flash = {0};
    uint8_t counters[] = {0, 100};
    homeveil_bytes *first = NULL, *second = NULL;
    homeveil_device *one = opened(&flash, &counters[0]);
    consented(one);
    homeveil_device *other = opened(&flash, &counters[1]);
    OK(homeveil_device_on_map(one, home, redaction, NOW + 1));
    OK(homeveil_device_release_json(one, NOW + 2, &first));
    EXPECT(homeveil_device_on_map(other, home, redaction, NOW + 1) == HOMEVEIL_STATUS_STORE_CHANGED);
    EXPECT(homeveil_device_release_json(other, NOW + 2, &second) == HOMEVEIL_STATUS_NOT_DRAWN && second == NULL);
    homeveil_device_free(other);
    homeveil_device_free(one);
    other = opened(&flash, &counters[1]);
    OK(homeveil_device_release_json(other, NOW + 3, &second));
    EXPECT(are_equal(first, second));
    homeveil_device_free(other);
    homeveil_bytes_free(first), homeveil_bytes_free(second);
    forget(&flash);
}

/* Who refused is asked again when the refusal is over and not before, and a renewal ends nothing before it begins. */
static void refusals_and_renewals(const homeveil_home *home)
{
    memory flash = {0};
    uint8_t counter = 0;
    homeveil_bytes *bytes = NULL;
    homeveil_consent consent = homeveil_consent_default();
    homeveil_device *device = opened(&flash, &counter);
    consent.id = "no", consent.controller = "Maker", consent.from_s = NOW, consent.until_s = NOW + 86400, consent.refused = 1;
    OK(homeveil_device_consent(device, &consent, NOW));
    EXPECT(homeveil_device_on_map(device, home, redaction, NOW + 1) == HOMEVEIL_STATUS_CONSENT_REFUSED);
    EXPECT(homeveil_device_withdraw(device, NOW + 2) == HOMEVEIL_STATUS_CONSENT_REFUSED);
    EXPECT(homeveil_device_release_json(device, NOW + 86399, &bytes) == HOMEVEIL_STATUS_CONSENT_REFUSED);
    EXPECT(homeveil_device_release_json(device, NOW + 86400, &bytes) == HOMEVEIL_STATUS_CONSENT && bytes == NULL);
    consented(device);
    OK(homeveil_device_on_map(device, home, redaction, NOW + 86401));
    consent.id = "c-2", consent.refused = 0, consent.from_s = NOW + 86400 * 365, consent.until_s = NOW + 86400 * 730;
    EXPECT(homeveil_device_consent(device, &consent, NOW + 86402) == HOMEVEIL_STATUS_CONSENT_NOT_YET);
    OK(homeveil_device_release_json(device, NOW + 86403, &bytes));
    homeveil_bytes_free(bytes);
    homeveil_device_free(device);
    forget(&flash);
}

/* A robot of the owner's: it is asked by a button, is done, and its owner bars a door. */
static void owners(const homeveil_home *home)
{
    memory flash = {0};
    uint8_t counter = 0;
    homeveil_bytes *bytes = NULL;
    homeveil_command *command = NULL;
    homeveil_tasks *tasks = NULL;
    homeveil_home *other = NULL;
    homeveil_redaction *own = NULL;
    homeveil_refit refit = homeveil_refit_default();
    homeveil_mark there = homeveil_mark_default();
    homeveil_label_map map = map_of_labels();
    homeveil_store store = {sizeof store, &flash, load, save};
    homeveil_device_options options = homeveil_device_options_default();
    homeveil_pose pose = {0.5, 0.5, 0.0};
    homeveil_point line[] = {{3.25, 0.5}, {3.25, 2.5}};
    homeveil_keep_out door = {line, 2};
    uint16_t kinds[] = {HOMEVEIL_KIND_KITCHEN, 99};
    uint32_t mark = 0;
    uint64_t due = 0;
    const char *go = "{\"client\":1,\"id\":1,\"goal\":\"all\"}", *all = "\"all\"", *both = "\"all\",\"id\":2";
    homeveil_device *device = opened(&flash, &counter);
    consented(device);

    /* The owner wants the kitchen redacted, and nothing else. */
    OK(homeveil_device_redaction(device, &own));
    EXPECT(homeveil_redaction_set_kinds(NULL, kinds, 1) == HOMEVEIL_STATUS_NULL);
    EXPECT(homeveil_redaction_set_kinds(own, NULL, 1) == HOMEVEIL_STATUS_NULL);
    EXPECT(homeveil_redaction_set_kinds(own, kinds, 2) == HOMEVEIL_STATUS_NUMBER);
    OK(homeveil_redaction_set_kinds(own, kinds, 1));
    OK(homeveil_device_on_map(device, home, own, NOW + 1));
    OK(homeveil_device_mark(device, 0, 0, &there));
    EXPECT(there.kind == HOMEVEIL_MARK_REDACTED && there.at.x_m < 3.3);
    OK(homeveil_device_remove_mark(device, 0, there.id, home));
    OK(homeveil_redaction_set_kinds(own, NULL, 0));
    OK(homeveil_device_on_map(device, home, own, NOW + 2));
    OK(homeveil_device_check_floor(device, 0));

    /* A button: cells to clean, and the cloud hears of nothing. */
    EXPECT(homeveil_device_resolve(device, 0, (const uint8_t *)all, strlen(all), pose, NULL) == HOMEVEIL_STATUS_NULL);
    EXPECT(homeveil_device_resolve(device, 0, NULL, 1, pose, &tasks) == HOMEVEIL_STATUS_NULL);
    EXPECT(homeveil_device_resolve(device, 0, (const uint8_t *)both, strlen(both), pose, &tasks) == HOMEVEIL_STATUS_GOAL);
    EXPECT(homeveil_device_resolve(device, 3, (const uint8_t *)all, strlen(all), pose, &tasks) == HOMEVEIL_STATUS_UNKNOWN_FLOOR);
    OK(homeveil_device_resolve(device, 0, (const uint8_t *)all, strlen(all), pose, &tasks));
    EXPECT(homeveil_tasks_len(tasks) == 1 && homeveil_tasks_kind(tasks, 0) == HOMEVEIL_TASK_CLEAN);
    homeveil_tasks_free(tasks), tasks = NULL;
    OK(homeveil_device_next_tick(device, &due));
    EXPECT(due == 0);

    /* What the robot is done with is not asked of it again; the cloud hears of it when the policy says. */
    OK(homeveil_device_on_command(device, (const uint8_t *)go, strlen(go), NOW + 3, &bytes, &command));
    homeveil_command_free(command), homeveil_bytes_free(bytes), command = NULL, bytes = NULL;
    EXPECT(homeveil_device_robot_is_done(device, 1, 2) == HOMEVEIL_STATUS_UNKNOWN_COMMAND);
    EXPECT(homeveil_device_robot_is_done(NULL, 1, 1) == HOMEVEIL_STATUS_NULL);
    OK(homeveil_device_robot_is_done(device, 1, 1));
    homeveil_device_free(device);
    device = opened(&flash, &counter);
    OK(homeveil_device_pending(device, 0, NOW + 4, &command));
    EXPECT(command == NULL);
    OK(homeveil_device_next_tick(device, &due));
    OK(homeveil_device_on_tick(device, due, &bytes));
    EXPECT(says(bytes, "{\"done\":{\"client\":1,\"id\":1}}"));
    homeveil_bytes_free(bytes), bytes = NULL;

    /* A door that is barred shuts its zones off at once. */
    OK(homeveil_device_on_map(device, home, own, due + 1));
    OK(homeveil_device_refit(device, 0, &refit));
    EXPECT(refit.unreachable == 0);
    OK(homeveil_device_bar(device, 0, &door, &mark));
    OK(homeveil_device_refit(device, 0, &refit));
    EXPECT(refit.unreachable != 0);

    /* The bar outlives an epoch where the map is recognized; else the owner is told until there is an answer. */
    OK(homeveil_device_new_epoch(device, due + 2));
    OK(homeveil_device_on_map(device, home, own, due + 3));
    OK(homeveil_device_check_floor(device, 0));
    OK(homeveil_device_mark(device, 0, 0, &there));
    EXPECT(there.kind == HOMEVEIL_MARK_BARRED);
    OK(homeveil_device_new_epoch(device, due + 4));
    map.height = HEIGHT / 2, map.labels_len = WIDTH * HEIGHT / 2, map.resolution_m = 0.06;
    OK(homeveil_home_from_labels(&map, &other));
    OK(homeveil_device_on_map(device, other, own, due + 5));
    EXPECT(homeveil_device_check_floor(device, 0) == HOMEVEIL_STATUS_KEY_REMADE);
    homeveil_device_free(device);
    device = opened(&flash, &counter);
    EXPECT(homeveil_device_check_floor(device, 0) == HOMEVEIL_STATUS_KEY_REMADE);
    EXPECT(homeveil_device_acknowledge_key(device, 1) == HOMEVEIL_STATUS_UNKNOWN_FLOOR);
    OK(homeveil_device_acknowledge_key(device, 0));
    OK(homeveil_device_check_floor(device, 0));
    homeveil_device_free(device), device = NULL;

    /* A version that is damaged is damage, and not what a later version of the library wrote: one can start over. */
    for (size_t i = 0; i < flash.count; i++) {
        flash.blobs[i].bytes[8] = strcmp(flash.blobs[i].name, "state") == 0 ? 200 : flash.blobs[i].bytes[8];
    }
    options.store = &store, options.fill = count_up, options.fill_context = &counter;
    EXPECT(homeveil_device_open(policy, &options, &device) == HOMEVEIL_STATUS_STATE_DAMAGED && device == NULL);
    OK(homeveil_device_start_over(policy, &options, &device));
    homeveil_device_free(device), device = NULL;

    /* One of version 200: its checksum fits, and nothing is written over it. */
    static const uint8_t later[48] = {
        0x48, 0x56, 0x4b, 0x45, 0x45, 0x50, 0x45, 0x52, 0xc8, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0xc8, 0x7b, 0xc8, 0x01, 0x71, 0x66, 0x99, 0x38, 0xd9, 0x71, 0xc6, 0xe3, 0xfa, 0x56, 0xb4, 0x9d,
        0x01, 0x3a, 0x52, 0x7c, 0x4b, 0x64, 0x3b, 0x72, 0xeb, 0xc7, 0x6d, 0x4f, 0xae, 0xdf, 0xff, 0x45,
    };
    EXPECT(save(&flash, "state", later, sizeof later) == 0);
    EXPECT(homeveil_device_open(policy, &options, &device) == HOMEVEIL_STATUS_STATE_VERSION && device == NULL);
    EXPECT(homeveil_device_start_over(policy, &options, &device) == HOMEVEIL_STATUS_STATE_VERSION && device == NULL);
    homeveil_redaction_free(own);
    homeveil_home_free(other);
    forget(&flash);
}

int main(void)
{
    homeveil_home *home = NULL;
    homeveil_label_map map = map_of_labels();
    map.rooms = NAMED, map.rooms_len = 2;
    OK(homeveil_policy_from_json((const uint8_t *)POLICY, strlen(POLICY), &policy));
    OK(homeveil_redaction_new(policy, &redaction));
    OK(homeveil_home_from_labels(&map, &home));
    full_stores(home);
    files(home);
    told(home);
    two_floors(home);
    fewer_zones(home);
    earlier_states();
    consents(home);
    damages(home);
    shut_doors(home);
    two_devices(home);
    refusals_and_renewals(home);
    owners(home);
    homeveil_home_free(home);
    homeveil_redaction_free(redaction);
    homeveil_policy_free(policy);
    return 0;
}
