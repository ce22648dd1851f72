/* Random calls of the C functions: random buffers and sizes, NULL wherever a pointer goes, objects in any order, a store and
 * randomness that fail. Nothing may crash, leak or write where it should not, and results are written with OK alone.
 *
 * By itself, with random inputs for a number of seconds:
 *     cc -std=c99 -g -fsanitize=address,undefined -I capi/include capi/fuzz/calls.c target/release/libhomeveil.a \
 *         -lpthread -ldl -lm -lrt -lgcc_s -o calls && ./calls 900
 * Guided by libFuzzer, where clang is: clang -DGUIDED -fsanitize=fuzzer,address …
 */
#define _POSIX_C_SOURCE 200809L
#include "homeveil.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const uint8_t *input;
static size_t left;

static uint8_t byte(void)
{
    if (left == 0) {
        return 0;
    }
    left--;
    return *input++;
}

static uint32_t word(void)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        value = value << 8 | byte();
    }
    return value;
}

/* Numbers that people get wrong, among usual ones. */
static double number(void)
{
    static const double odd[] = {0.0, -0.0, 1e-320, 1e300, -1e300, 0.05, 0.1, 0.17, 1.0};
    uint8_t kind = byte();
    if (kind < 9) {
        return odd[kind];
    }
    if (kind == 9) {
        uint64_t bits = (uint64_t)word() << 32 | word();
        double value;
        memcpy(&value, &bits, sizeof value);
        return value;
    }
    return (double)(int16_t)word() / 1000.0;
}

/* How often calls went through, so that a run shows how far it came. */
static unsigned long files, folders, releases, accepted, upstairs, cleaned, driven, told;

/* NULL once in so many times. */
#define MAYBE(pointer) (byte() % 24 == 0 ? NULL : (pointer))

static int fails(void) { return byte() % 64 == 1; }

/* A store in memory, of few small names. */
static struct { char name[24]; uint8_t *bytes; size_t len; } flash[16];

static int32_t load(void *context, const char *name, uint8_t *buffer, size_t capacity, size_t *len)
{
    (void)context;
    if (fails()) {
        *len = word();
        return (int32_t)(byte() % 4 == 0 ? 0 : 2 + byte()) * (capacity > 0 ? 1 : 0);
    }
    for (size_t i = 0; i < 16; i++) {
        if (strcmp(flash[i].name, name) == 0) {
            memcpy(buffer, flash[i].bytes, flash[i].len < capacity ? flash[i].len : capacity);
            *len = flash[i].len;
            return 0;
        }
    }
    return 1;
}

static int32_t save(void *context, const char *name, const uint8_t *bytes, size_t len)
{
    (void)context;
    if (fails()) {
        return 1;
    }
    for (size_t i = 0; i < 16; i++) {
        if (flash[i].name[0] == 0 || strcmp(flash[i].name, name) == 0) {
            snprintf(flash[i].name, sizeof flash[i].name, "%s", name);
            free(flash[i].bytes);
            flash[i].bytes = malloc(len + 1);
            memcpy(flash[i].bytes, bytes, len);
            flash[i].len = len;
            if (len > 0 && byte() % 32 == 1) {
                flash[i].bytes[word() % len] ^= 1; /* a worn cell */
            }
            return 0;
        }
    }
    return 1;
}

/* A folder for stores, made when it is needed first. */
static const char *a_folder(void)
{
    static char folder[] = "/tmp/homeveil-calls-XXXXXX";
    static int is_made;
    if (!is_made && mkdtemp(folder) == NULL) {
        abort();
    }
    is_made = 1;
    return folder;
}

/* Nothing of a life is left for the next. */
static void empty_folder(const char *folder)
{
    char path[512];
    DIR *files_of = opendir(folder);
    for (struct dirent *file = NULL; files_of != NULL && (file = readdir(files_of)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", folder, file->d_name);
        (void)unlink(path);
    }
    if (files_of != NULL) {
        closedir(files_of);
    }
}

static int32_t entropy(void *context, uint8_t *buffer, size_t len)
{
    (void)context;
    for (size_t i = 0; i < len; i++) {
        buffer[i] = (uint8_t)(i * 7 + byte());
    }
    return fails();
}

static homeveil_home *a_home(void)
{
    uint16_t labels[24 * 24];
    homeveil_point dock = {number(), number()}, corners[5];
    homeveil_room rooms[4];
    homeveil_keep_out places[2];
    homeveil_label_map map = homeveil_label_map_default();
    homeveil_home *home = NULL;
    uint32_t width = 1 + byte() % 24, height = 1 + byte() % 24;
    uint8_t style = byte();
    for (uint32_t i = 0; i < width * height; i++) {
        uint32_t x = i % width, y = i / width;
        labels[i] = style < 200 ? (uint16_t)(x == width / 2 && y != height / 2 ? UINT16_MAX : 2 + (x > width / 2)) : byte() % 6;
    }
    for (int i = 0; i < 5; i++) {
        corners[i].x_m = number(), corners[i].y_m = number();
    }
    for (int i = 0; i < 4; i++) {
        rooms[i].label = (uint16_t)(2 + i), rooms[i].kind = byte() % 15;
    }
    places[0].corners = MAYBE(corners), places[0].corners_len = byte() % 6;
    places[1].corners = MAYBE(corners), places[1].corners_len = 2;
    map.width = width, map.height = height;
    map.resolution_m = style < 220 ? 0.2 : number();
    map.robot_radius_m = style < 230 ? 0.15 : number();
    map.labels = MAYBE(labels), map.labels_len = byte() % 24 == 0 ? byte() : width * height;
    if (map.labels_len > 24 * 24) {
        map.labels_len = 24 * 24;
    }
    map.rooms = MAYBE(rooms), map.rooms_len = byte() % 5;
    map.origin.x_m = style < 240 ? 0.0 : number(), map.yaw_rad = style % 4 == 0 ? number() : 0.0;
    map.dock = style < 100 ? NULL : MAYBE(&dock);
    map.keep_outs = MAYBE(places), map.keep_outs_len = byte() % 8 == 0 ? byte() % 3 : 0;
    if (byte() % 32 == 0) {
        map.size = byte();
    }
    if (byte() % 32 == 0) {
        map.free = byte() % 6, map.unknown = byte() % 6;
    }
    if (byte() % 32 == 0) { /* a length in bytes, or one that leads past all memory */
        map.labels_len = byte() % 2 ? 2 * map.labels_len : SIZE_MAX >> byte() % 64;
    }
    homeveil_status status = homeveil_home_from_labels(MAYBE(&map), &home);
    if (status == HOMEVEIL_STATUS_PANIC || (status == HOMEVEIL_STATUS_OK) != (home != NULL)) {
        abort();
    }
    return home;
}

/* A home from a file of Valetudo: two rooms and a wall, whole, cut, or with a byte changed. */
static homeveil_home *a_file(void)
{
    static const char *const heads[] = {
        "{\"type\":\"segment\",\"metaData\":{\"segmentId\":\"2\",\"name\":\"Kitchen\"}",
        ",{\"type\":\"segment\",\"metaData\":{\"segmentId\":\"3\"}",
        ",{\"type\":\"wall\",\"metaData\":{}",
    };
    char json[2048];
    homeveil_home *home = NULL;
    int width = 1 + byte() % 24, door = byte() % 16, cm = 5 + byte() % 20;
    size_t len = (size_t)snprintf(json, sizeof json, "{\"metaData\":{\"version\":2},\"pixelSize\":%d,\"layers\":[", cm);
    for (int layer = 0; layer < 3; layer++) {
        len += (size_t)snprintf(json + len, sizeof json - len, "%s,\"compressedPixels\":[", heads[layer]);
        for (int y = 0; y < 16; y++) {
            /* The rooms side by side, and between them the wall, which has a hole. */
            int x = layer == 0 ? 0 : layer == 1 ? width + 1 : width, run = layer == 2 ? 1 : width;
            x += layer == 2 && y == door ? width + 1 : 0;
            len += (size_t)snprintf(json + len, sizeof json - len, "%s%d,%d,%d", y > 0 ? "," : "", x, y, run);
        }
        len += (size_t)snprintf(json + len, sizeof json - len, "]}");
    }
    len += (size_t)snprintf(json + len, sizeof json - len,
                            "],\"entities\":[{\"type\":\"charger_location\",\"points\":[%d,%d]}]}", byte(), byte());
    if (len >= sizeof json) {
        abort();
    }
    if (byte() % 4 == 0) {
        json[word() % len] = (char)byte();
    }
    len = byte() % 8 == 0 ? word() % len : len;
    double radius_m = byte() % 8 == 0 ? number() : 0.15;
    homeveil_status status = homeveil_home_from_valetudo((const uint8_t *)MAYBE(json), len, radius_m, &home);
    if ((status == HOMEVEIL_STATUS_OK) != (home != NULL)) {
        abort();
    }
    homeveil_point corner = {0.0, 0.0};
    if (homeveil_home_corner(MAYBE(home), MAYBE(&corner)) == HOMEVEIL_STATUS_PANIC) {
        abort();
    }
    files += home != NULL;
    return home;
}

/* Whole, cut, or with a byte changed. */
static size_t worn(char *buffer, size_t size)
{
    if (byte() % 4 == 0 && size > 0) {
        buffer[word() % size] = (char)byte();
    }
    return byte() % 8 == 0 ? byte() % (size + 1) : size;
}

/* JSON of a policy, with some of all that it can opt in to. */
static size_t policy_text(char *buffer, size_t capacity)
{
    static const char *const opt_ins[] = {"zone", "progress_tenths", "true_duration", "failure", "pose"};
    size_t len = (size_t)snprintf(buffer, capacity,
                                  "{\"zones\":%u,\"odds\":[2,1],\"odds_cap\":[%u,1],\"areas\":16,"
                                  "\"redacted_kinds\":[\"bedroom\"],\"floors\":%u,"
                                  "\"done_after_s\":{\"spot\":600,\"area\":1800,\"zone\":2700,\"all\":7200},\"opt_ins\":[",
                                  2 + byte() % 6u, 1 + byte() % 20u, 1 + byte() % 3u);
    const char *comma = "";
    uint8_t chosen = byte();
    for (int i = 0; i < 5; i++) {
        if (chosen >> i & 1) {
            len += (size_t)snprintf(buffer + len, capacity - len, "%s\"%s\"", comma, opt_ins[i]);
            comma = ",";
        }
    }
    len += (size_t)snprintf(buffer + len, capacity - len, "]}");
    if (len >= capacity) {
        abort();
    }
    return len;
}

/* JSON of a command, whole, cut, or with a byte changed. */
static size_t text(char *buffer, size_t capacity)
{
    static const char *const texts[] = {
        "{\"client\":1,\"id\":%u,\"goals\":[{\"zone\":%u}]}",
        "{\"client\":2,\"id\":%u,\"goals\":[{\"area\":%u},\"all\"],\"repeats\":2}",
        "{\"id\":%u,\"goal\":{\"drive\":[%u,1.5]}}",
        "{\"id\":%u,\"goal\":{\"rect\":{\"min\":[%u,1.0],\"max\":[9.0,4.0]}}}",
        "{\"id\":%u,\"goal\":{\"spot\":[%u,4.5]},\"floor\":0}",
        "{\"id\":%u,\"goal\":{\"path\":[[1.0,%u],[4.0,2.0],[9.6,9.6]]}}",
        "{\"id\":%u,\"floor\":1,\"goal\":{\"zone\":%u}}",
        "{\"client\":1,\"id\":%u,\"floor\":1,\"goals\":[{\"zone\":%u},\"all\"],\"repeats\":10}",
        "{\"id\":%u,\"order\":\"dock\",\"client\":%u}",
        "{\"id\":%u,\"order\":\"stop\",\"client\":%u}",
        "{\"id\":%u,\"order\":\"pause\",\"client\":%u}",
        "{\"id\":%u,\"order\":\"resume\",\"client\":%u}",
        "{\"id\":%u,\"order\":{\"cancel\":%u}}",
    };
    size_t kinds = sizeof texts / sizeof texts[0];
    int len = snprintf(buffer, capacity, texts[byte() % kinds], byte() % 40, byte() % 20);
    return worn(buffer, (size_t)len < capacity ? (size_t)len : capacity);
}

static void check(homeveil_status status, const void *result)
{
    int is_wrong = status == HOMEVEIL_STATUS_PANIC || (status != HOMEVEIL_STATUS_OK && result != NULL);
    if (is_wrong || strlen(homeveil_status_text(status)) < 3) {
        fprintf(stderr, "status %d: %s\n", (int)status, homeveil_status_text(status));
        abort();
    }
}

/* All of a text is there, and it ends. */
static void read_and_free(homeveil_bytes *bytes)
{
    const uint8_t *data = homeveil_bytes_data(bytes);
    size_t len = homeveil_bytes_len(bytes);
    volatile uint8_t last = 0;
    for (size_t i = 0; i < len; i++) {
        last = data[i];
    }
    (void)last;
    if ((data == NULL) != (bytes == NULL) || (bytes != NULL && data[len] != 0)) {
        abort();
    }
    homeveil_bytes_free(bytes);
}

/* The latest command that was heard of. */
static uint32_t last_client;
static uint64_t last_id;

/* What a command says of itself. */
static void ask(const homeveil_command *command)
{
    uint64_t canceled = 0;
    check(homeveil_command_ids(command, MAYBE(&last_client), MAYBE(&last_id)), NULL);
    homeveil_status status = homeveil_command_canceled(command, MAYBE(&canceled));
    check(status, NULL);
    if (status == HOMEVEIL_STATUS_OK && homeveil_command_order(command) != HOMEVEIL_ORDER_CANCEL) {
        abort();
    }
    upstairs += homeveil_command_floor(command) > 0;
    int goes = homeveil_command_order(command) == HOMEVEIL_ORDER_GO;
    if (goes != (homeveil_command_repeats(command) > 0)) {
        abort();
    }
}

/* All of what there is to do; past the last there is nothing. */
static void read_tasks(const homeveil_tasks *tasks)
{
    for (size_t i = 0; i <= homeveil_tasks_len(tasks); i++) {
        size_t len = 0;
        const homeveil_run *runs = homeveil_tasks_runs(tasks, i, &len);
        cleaned += len > 0;
        volatile uint32_t read = len > 0 ? runs[len - 1].len : 0;
        const homeveil_point *path = homeveil_tasks_path(tasks, i, &len);
        driven += len > 0;
        volatile double there = len > 0 ? path[len - 1].x_m : 0.0;
        (void)read, (void)there, (void)homeveil_tasks_kind(tasks, i);
        check(homeveil_tasks_status(tasks, i), NULL);
    }
}

/* Opens a device with what a program may get wrong: sizes, callbacks that are not there, a folder in their place. */
static homeveil_device *open_any(const homeveil_policy *policy, const homeveil_device_options *usual, int starts_over)
{
    homeveil_device_options options = *usual;
    homeveil_store store = *usual->store;
    homeveil_device *device = NULL;
    options.store = &store;
    switch (byte() % 16) {
    case 0: options.size = byte() % (2 * sizeof options); break;
    case 1: store.size = byte() % (2 * sizeof store); break;
    case 2: store.load = byte() % 2 ? NULL : store.load, store.save = byte() % 2 ? NULL : store.save; break;
    case 3: options.store = NULL, options.folder = byte() % 2 ? "\xff" : NULL; break;
    case 4: options.store = NULL, options.folder = "/dev/null/nothing"; break;
    case 5: options.store = NULL, options.folder = a_folder(); break;
    case 6: options.fill = byte() % 2 ? NULL : options.fill; break;
    default: break;
    }
    homeveil_status status = starts_over ? homeveil_device_start_over(MAYBE(policy), MAYBE(&options), &device)
                                         : homeveil_device_open(MAYBE(policy), MAYBE(&options), &device);
    check(status, device);
    folders += device != NULL && options.folder != NULL;
    return device;
}

static void one_life(void)
{
    char odd_text[] = "a text";
    homeveil_policy *policy = NULL;
    homeveil_redaction *redaction = NULL;
    homeveil_home *home = NULL;
    homeveil_device *device = NULL;
    homeveil_command *command = NULL;
    homeveil_tasks *tasks = NULL;
    homeveil_store store = {sizeof store, NULL, load, save};
    homeveil_device_options options = homeveil_device_options_default();
    uint64_t now = 1790000000;
    int steps = 0;
    options.store = &store, options.fill = entropy;
    check(homeveil_policy_new(&policy), NULL);
    if (byte() % 2) {
        char json[512];
        homeveil_policy *other = NULL;
        size_t len = policy_text(json, sizeof json);
        check(homeveil_policy_from_json((const uint8_t *)json, len, &other), other);
        if (other != NULL) {
            homeveil_policy_free(policy), policy = other;
        }
    }
    if (byte() % 8 != 0) { /* most households get as far as a release */
        homeveil_consent consent = homeveil_consent_default();
        consent.id = "first", consent.controller = "Maker";
        consent.from_s = now, consent.until_s = now + 86400 * 365;
        check(homeveil_redaction_new(policy, &redaction), NULL);
        check(homeveil_redaction_set_unlabelled(redaction, 1), NULL);
        check(homeveil_device_open(policy, &options, &device), NULL);
        check(homeveil_device_consent(device, &consent, now), NULL);
        for (int tries = 0; tries < 3; tries++) {
            uint8_t floors = 0;
            for (int maps = 0; maps < 4 && (maps == 0 || home == NULL); maps++) {
                homeveil_home_free(home), home = a_home();
            }
            const homeveil_home *homes[3] = {home, home, NULL};
            const homeveil_redaction *redactions[3] = {redaction, redaction, NULL};
            check(homeveil_device_floors(device, &floors), NULL);
            check(homeveil_device_on_maps(device, homes, redactions, floors, now), NULL);
        }
    }
    while (left > 0 && steps++ < 200) {
        homeveil_bytes *bytes = NULL, *more = NULL;
        homeveil_pose pose = {number(), number(), number()};
        if (byte() % 4) { /* in most homes */
            pose.x_m = byte() / 64.0, pose.y_m = byte() / 64.0;
        }
        homeveil_point corners[4] = {{number(), number()}, {number(), number()}, {1.0, 2.0}, {2.0, 1.0}};
        homeveil_keep_out place = {MAYBE(corners), byte() % 5};
        uint32_t labels[3] = {2, 3, byte()}, mark = 0;
        char json[512];
        size_t len = 0;
        homeveil_status status;
        uint64_t due = 0;
        int32_t flag = 0;
        uint8_t floor = byte() % 8 == 0 ? byte() : byte() % 2, floors = 0;
        now += byte() % 64 == 0 ? word() : byte();
        switch (byte() % 32) {
        case 0:
            len = worn(json, policy_text(json, sizeof json));
            homeveil_policy *other = NULL;
            check(homeveil_policy_from_json((const uint8_t *)MAYBE(json), len, &other), other);
            if (other != NULL) {
                homeveil_policy_free(policy), policy = other;
            }
            break;
        case 1:
            homeveil_redaction_free(redaction), redaction = NULL;
            check(homeveil_redaction_new(MAYBE(policy), &redaction), redaction);
            break;
        case 2: check(homeveil_redaction_add_rooms(MAYBE(redaction), MAYBE(labels), byte() % 4), NULL); break;
        case 3: check(homeveil_redaction_add_region(MAYBE(redaction), MAYBE(corners), byte() % 5), NULL); break;
        case 4: {
            uint16_t kinds[] = {byte() % 13, byte() % 13};
            check(homeveil_redaction_set_unlabelled(MAYBE(redaction), byte() % 2), NULL);
            if (byte() % 4 == 0) {
                check(homeveil_redaction_set_kinds(MAYBE(redaction), MAYBE(kinds), byte() % 3), NULL);
            }
            break;
        }
        case 5:
        case 6: homeveil_home_free(home), home = a_home(); break;
        case 27: homeveil_home_free(home), home = a_file(); break;
        case 28: {
            homeveil_policy *same = NULL;
            check(homeveil_policy_to_json(MAYBE(policy), &bytes), bytes);
            const uint8_t *data = homeveil_bytes_data(bytes);
            len = homeveil_bytes_len(bytes);
            if (bytes != NULL && homeveil_policy_from_json(data, len, &same) != HOMEVEIL_STATUS_OK) {
                abort();
            }
            homeveil_policy_free(same);
            break;
        }
        case 29:
            homeveil_redaction_free(redaction), redaction = NULL;
            check(homeveil_device_redaction(MAYBE(device), &redaction), redaction);
            break;
        case 30: {
            homeveil_refit refit = homeveil_refit_default();
            homeveil_mark there = homeveil_mark_default();
            refit.size = byte() % 8 == 0 ? byte() : refit.size, there.size = byte() % 8 == 0 ? byte() : there.size;
            check(homeveil_device_refit(device, floor, MAYBE(&refit)), NULL);
            if (homeveil_device_mark(device, floor, byte() % 4, MAYBE(&there)) == HOMEVEIL_STATUS_OK && byte() % 2) {
                check(homeveil_device_remove_mark(device, floor, there.id, home), NULL);
            }
            check(byte() % 2 ? homeveil_device_confirm_map(device, floor) : homeveil_device_unbar(device, floor), NULL);
            check(homeveil_device_is_stored(MAYBE(device)), NULL);
            if (homeveil_version()[0] == 0) {
                abort();
            }
            break;
        }
        case 7:
            homeveil_device_free(device);
            device = open_any(policy, &options, 0);
            break;
        case 8:
            if (byte() % 8 == 0) {
                homeveil_device_free(device);
                device = open_any(policy, &options, 1);
            }
            break;
        case 9:
        case 10: {
            char id[] = {(char)('a' + byte() % 3), 0};
            homeveil_consent consent = homeveil_consent_default();
            consent.id = MAYBE(id), consent.controller = MAYBE("Maker");
            const char *others[2] = {"Cloud", MAYBE("Maker's cloud")};
            consent.recipients = MAYBE(others), consent.recipients_len = byte() % 8 == 0 ? byte() % 3 : 0;
            odd_text[0] = (char)(byte() % 8 == 0 ? 0xff : 'a');
            consent.notice = byte() % 2 ? odd_text : NULL, consent.notice_version = MAYBE(odd_text);
            consent.size = byte() % 8 == 0 ? byte() % (2 * sizeof consent) : sizeof consent, consent.refused = byte() % 8 == 0;
            consent.from_s = now - byte(), consent.until_s = now + word(), consent.purposes = 1 + byte() % 80;
            check(homeveil_device_consent(MAYBE(device), MAYBE(&consent), now), NULL);
            break;
        }
        case 11:
            if (byte() % 4 == 0) {
                check(homeveil_device_withdraw(MAYBE(device), now), NULL);
            }
            break;
        case 12:
        case 13: check(homeveil_device_on_map(device, MAYBE(home), MAYBE(redaction), now), NULL); break;
        case 14: {
            const homeveil_home *homes[3] = {MAYBE(home), byte() % 2 ? home : NULL, home};
            const homeveil_redaction *redactions[3] = {MAYBE(redaction), byte() % 8 ? redaction : NULL, redaction};
            check(homeveil_device_floors(MAYBE(device), MAYBE(&floors)), NULL);
            size_t count = byte() % 4 == 0 ? byte() % 4 : floors > 3 ? 3 : floors;
            check(homeveil_device_on_maps(MAYBE(device), MAYBE(homes), MAYBE(redactions), count, now), NULL);
            break;
        }
        case 15:
            check(homeveil_device_release_json(device, now, &bytes), bytes);
            releases += bytes != NULL;
            check(homeveil_device_release_json_for(device, byte() % 4 == 0 ? word() : 1u << byte() % 8, now, &more), more);
            break;
        case 16:
            status = homeveil_device_release_map_server(device, floor, now, &bytes, &more);
            check(status, bytes), check(status, more);
            break;
        case 17: {
            static int8_t cells[40000];
            homeveil_grid grid = {0, 0, 0.0};
            status = homeveil_device_release_grid(MAYBE(device), floor, now, MAYBE(cells), word() % 40001, MAYBE(&grid));
            check(status, status != HOMEVEIL_STATUS_BUFFER_TOO_SMALL && grid.width > 0 ? &grid : NULL);
            break;
        }
        case 18:
        case 19:
            len = text(json, sizeof json);
            homeveil_command_free(command), command = NULL;
            check(homeveil_device_on_command(device, (const uint8_t *)MAYBE(json), len, now, &bytes, &command), command);
            accepted += command != NULL;
            ask(command);
            if (command != NULL && byte() % 2) {
                homeveil_tasks_free(tasks), tasks = NULL;
                check(homeveil_device_tasks(device, command, pose, now, &tasks), tasks);
                read_tasks(tasks);
            }
            break;
        case 20:
            homeveil_tasks_free(tasks), tasks = NULL;
            check(homeveil_device_tasks(device, MAYBE(command), pose, now, &tasks), tasks);
            homeveil_tasks_free(tasks), tasks = NULL;
            check(homeveil_device_resolve(device, floor, (const uint8_t *)MAYBE("\"all\""), 5, pose, &tasks), tasks);
            read_tasks(tasks);
            break;
        case 21:
            homeveil_command_free(command), command = NULL;
            check(homeveil_device_pending(device, byte() % 3, now, &command), command);
            int32_t paused = -1;
            check(homeveil_device_is_paused(device, now, MAYBE(&paused)), NULL);
            if (paused < -1 || paused > 1) {
                abort();
            }
            ask(command);
            break;
        case 22:
            check(homeveil_device_next_tick(MAYBE(device), MAYBE(&due)), NULL);
            check(homeveil_device_on_tick(device, byte() % 2 ? due : now, &bytes), bytes);
            break;
        case 23:
            check(homeveil_device_on_pose(device, floor, pose, now, &bytes), bytes);
            told += homeveil_bytes_len(bytes) > 2;
            break;
        case 24:
            check(homeveil_device_bar(MAYBE(device), floor, MAYBE(&place), &mark), NULL);
            check(homeveil_device_remove_mark(MAYBE(device), floor, byte() % 2 ? mark : word(), MAYBE(home)), NULL);
            break;
        case 25:
            check(homeveil_device_bind_area(MAYBE(device), floor, byte() % 20, MAYBE(home), MAYBE(labels), byte() % 4), NULL);
            check(homeveil_device_unbind_area(device, floor, byte() % 20), NULL);
            break;
        case 26:
            check(homeveil_device_new_epoch(byte() % 4 ? NULL : device, now), NULL);
            check(homeveil_device_next_epoch_is_sealed(device, MAYBE(&flag)), NULL);
            check(homeveil_device_has_consent(device, now, MAYBE(&flag)), NULL);
            check(homeveil_device_check_floor(device, floor), NULL);
            check(homeveil_device_acknowledge_key(MAYBE(device), floor), NULL);
            check(homeveil_device_disclosure(device, byte() % 3, now, &bytes), bytes);
            break;
        default:
            due = byte() % 8 == 0 ? byte() : last_id;
            check(homeveil_device_progress(device, last_client, due, byte() % 12, now, &more), more);
            check(byte() % 2 ? homeveil_device_failed(device, last_client, last_id, byte() % 5, now, &bytes)
                             : homeveil_device_finished(device, last_client, last_id, word(), now, &bytes),
                  bytes);
            told += (more != NULL) + (bytes != NULL);
            check(homeveil_device_robot_is_done(MAYBE(device), last_client, last_id), NULL);
            read_and_free(bytes), bytes = NULL;
            check(homeveil_device_log_json(device, &bytes), bytes);
            read_and_free(bytes), bytes = NULL;
            check(homeveil_device_log_text(device, byte() % 3, &bytes), bytes);
        }
        read_and_free(bytes);
        read_and_free(more);
    }
    homeveil_tasks_free(tasks);
    homeveil_command_free(command);
    homeveil_device_free(device);
    homeveil_home_free(home);
    homeveil_redaction_free(redaction);
    homeveil_policy_free(policy);
    for (size_t i = 0; i < 16; i++) {
        free(flash[i].bytes);
    }
    memset(flash, 0, sizeof flash);
    last_client = 0, last_id = 0;
    if (folders > 0) {
        empty_folder(a_folder());
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input = data, left = size;
    one_life();
    return 0;
}

#ifndef GUIDED
int main(int argc, char **argv)
{
    static uint8_t data[8192];
    time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 10);
    uint64_t state = argc > 2 ? strtoull(argv[2], NULL, 0) : 0x9e3779b97f4a7c15u;
    unsigned long lives = 0;
    do {
        uint64_t seed = state;
        for (size_t i = 0; i < sizeof data; i++) {
            state ^= state << 13, state ^= state >> 7, state ^= state << 17;
            data[i] = (uint8_t)(state >> 32);
        }
        FILE *last = argc > 3 ? fopen(argv[3], "w") : NULL;
        if (last != NULL) {
            fprintf(last, "0x%llx\n", (unsigned long long)seed);
            fclose(last);
        }
        LLVMFuzzerTestOneInput(data, sizeof data);
        lives++;
    } while (time(NULL) < end);
    if (folders > 0) {
        (void)rmdir(a_folder());
    }
    printf("%lu lives, %lu in a folder, %lu maps from files, %lu releases, %lu commands (%lu upstairs), %lu tasks to clean, "
           "%lu to drive, %lu told\n",
           lives, folders, files, releases, accepted, upstairs, cleaned, driven, told);
    return 0;
}
#endif
