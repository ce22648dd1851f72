/* Random calls of the C functions: random buffers and sizes, NULL wherever a pointer goes, objects in any order, a store and
 * randomness that fail. Nothing may crash, leak or write where it should not, and results are written with OK alone.
 *
 * By itself, with random inputs for a number of seconds:
 *     cc -std=c99 -g -fsanitize=address,undefined -I capi/include capi/fuzz/calls.c target/release/libhomeveil.a \
 *         -lpthread -ldl -lm -lrt -lgcc_s -o calls && ./calls 900
 * Guided by libFuzzer, where clang is: clang -DGUIDED -fsanitize=fuzzer,address …
 */
#include "homeveil.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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
static unsigned long files, releases, accepted, cleaned;

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
    map.origin.x_m = style < 240 ? 0.0 : number(), map.yaw_rad = number();
    map.dock = style < 100 ? NULL : MAYBE(&dock);
    map.keep_outs = MAYBE(places), map.keep_outs_len = byte() % 8 == 0 ? byte() % 3 : 0;
    if (byte() % 32 == 0) {
        map.size = byte();
    }
    homeveil_status status = homeveil_home_from_labels(MAYBE(&map), &home);
    if ((status == HOMEVEIL_STATUS_OK) != (home != NULL)) {
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
    files += home != NULL;
    return home;
}

/* JSON of a policy or a command, whole, cut, or with a byte changed. */
static size_t text(char *buffer, size_t capacity)
{
    static const char *const texts[] = {
        "{\"client\":1,\"id\":%u,\"goals\":[{\"zone\":%u}]}",
        "{\"client\":2,\"id\":%u,\"goals\":[{\"area\":%u},\"all\"],\"repeats\":2}",
        "{\"id\":%u,\"goal\":{\"drive\":[%u,1.5]}}",
        "{\"id\":%u,\"goal\":{\"rect\":[%u,1.0,3.0,4.0]}}",
        "{\"id\":%u,\"order\":\"stop\",\"client\":%u}",
        "{\"id\":%u,\"order\":\"pause\",\"client\":%u}",
        "{\"id\":%u,\"order\":\"resume\",\"client\":%u}",
        "{\"id\":%u,\"order\":{\"cancel\":%u}}",
        "{\"zones\":%u,\"odds\":[2,1],\"odds_cap\":[%u,1],\"areas\":16,\"redacted_kinds\":[\"bedroom\"],\"floors\":1,"
        "\"done_after_s\":{\"spot\":600,\"area\":1800,\"zone\":2700,\"all\":7200},\"opt_ins\":[]}",
    };
    int len = snprintf(buffer, capacity, texts[byte() % 9], byte() % 40, byte() % 20);
    size_t size = (size_t)len < capacity ? (size_t)len : capacity;
    if (byte() % 4 == 0 && size > 0) {
        buffer[word() % size] = (char)byte();
    }
    return byte() % 8 == 0 ? byte() % (size + 1) : size;
}

static void check(homeveil_status status, const void *result)
{
    if (status == HOMEVEIL_STATUS_PANIC || (status != HOMEVEIL_STATUS_OK && result != NULL)) {
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

/* What a command says of itself. */
static void ask(const homeveil_command *command)
{
    uint32_t client = 0;
    uint64_t id = 0;
    check(homeveil_command_ids(command, MAYBE(&client), MAYBE(&id)), NULL);
    int goes = homeveil_command_order(command) == HOMEVEIL_ORDER_GO;
    if (goes != (homeveil_command_repeats(command) > 0)) {
        abort();
    }
}

static void one_life(void)
{
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
    if (byte() % 8 != 0) { /* most households get as far as a release */
        homeveil_consent consent = homeveil_consent_default();
        consent.id = "first", consent.controller = "Maker";
        consent.from_s = now, consent.until_s = now + 86400 * 365;
        check(homeveil_redaction_new(policy, &redaction), NULL);
        (void)homeveil_redaction_set_unlabelled(redaction, 1);
        (void)homeveil_device_open(policy, &options, &device);
        (void)homeveil_device_consent(device, &consent, now);
        for (int tries = 0; tries < 3; tries++) {
            homeveil_home_free(home), home = a_home();
            (void)homeveil_device_on_map(device, home, redaction, now);
        }
    }
    while (left > 0 && steps++ < 200) {
        homeveil_bytes *bytes = NULL, *more = NULL;
        homeveil_pose pose = {number(), number(), number()};
        homeveil_point corners[4] = {{number(), number()}, {number(), number()}, {1.0, 2.0}, {2.0, 1.0}};
        homeveil_keep_out place = {MAYBE(corners), byte() % 5};
        uint32_t labels[3] = {2, 3, byte()}, mark = 0;
        char json[256];
        size_t len = 0;
        uint64_t due = 0;
        int32_t flag = 0;
        uint8_t floor = byte() % 8 == 0 ? byte() : 0;
        now += byte() % 64 == 0 ? word() : byte();
        switch (byte() % 32) {
        case 0:
            len = text(json, sizeof json);
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
        case 2: (void)homeveil_redaction_add_rooms(MAYBE(redaction), MAYBE(labels), byte() % 4); break;
        case 3: (void)homeveil_redaction_add_region(MAYBE(redaction), MAYBE(corners), byte() % 5); break;
        case 4: (void)homeveil_redaction_set_unlabelled(MAYBE(redaction), byte() % 2); break;
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
            (void)homeveil_device_refit(device, floor, MAYBE(&refit));
            if (homeveil_device_mark(device, floor, byte() % 4, MAYBE(&there)) == HOMEVEIL_STATUS_OK && byte() % 2) {
                (void)homeveil_device_remove_mark(device, floor, there.id, home);
            }
            (void)(byte() % 2 ? homeveil_device_confirm_map(device, floor) : homeveil_device_unbar(device, floor));
            (void)homeveil_device_is_stored(MAYBE(device));
            break;
        }
        case 7:
            homeveil_device_free(device), device = NULL;
            check(homeveil_device_open(MAYBE(policy), MAYBE(&options), &device), device);
            break;
        case 8:
            if (byte() % 8 == 0) {
                homeveil_device_free(device), device = NULL;
                check(homeveil_device_start_over(policy, &options, &device), device);
            }
            break;
        case 9:
        case 10: {
            char id[] = {(char)('a' + byte() % 3), 0};
            homeveil_consent consent = homeveil_consent_default();
            consent.id = MAYBE(id), consent.controller = MAYBE("Maker");
            const char *others[2] = {"Cloud", MAYBE("Maker's cloud")};
            consent.recipients = MAYBE(others), consent.recipients_len = byte() % 8 == 0 ? byte() % 3 : 0;
            consent.notice = byte() % 2 ? "notice" : NULL, consent.refused = byte() % 8 == 0;
            consent.from_s = now - byte(), consent.until_s = now + word(), consent.purposes = 1 + byte() % 80;
            (void)homeveil_device_consent(MAYBE(device), MAYBE(&consent), now);
            break;
        }
        case 11:
            if (byte() % 4 == 0) {
                (void)homeveil_device_withdraw(MAYBE(device), now);
            }
            break;
        case 12:
        case 13: check(homeveil_device_on_map(device, MAYBE(home), MAYBE(redaction), now), NULL); break;
        case 14: {
            const homeveil_home *homes[3] = {MAYBE(home), NULL, home};
            const homeveil_redaction *redactions[3] = {MAYBE(redaction), NULL, redaction};
            (void)homeveil_device_on_maps(MAYBE(device), MAYBE(homes), MAYBE(redactions), byte() % 4, now);
            break;
        }
        case 15:
            check(homeveil_device_release_json(device, now, &bytes), bytes);
            releases += bytes != NULL;
            break;
        case 16: check(homeveil_device_release_map_server(device, floor, now, &bytes, &more), bytes); break;
        case 17: {
            static int8_t cells[40000];
            homeveil_grid grid;
            (void)homeveil_device_release_grid(MAYBE(device), floor, now, MAYBE(cells), word() % 40001, MAYBE(&grid));
            break;
        }
        case 18:
        case 19:
            len = text(json, sizeof json);
            homeveil_command_free(command), command = NULL;
            check(homeveil_device_on_command(device, (const uint8_t *)MAYBE(json), len, now, &bytes, &command), command);
            accepted += command != NULL;
            ask(command);
            break;
        case 20:
            homeveil_tasks_free(tasks), tasks = NULL;
            check(homeveil_device_tasks(device, MAYBE(command), pose, now, &tasks), tasks);
            for (size_t i = 0; i <= homeveil_tasks_len(tasks); i++) {
                const homeveil_run *runs = homeveil_tasks_runs(tasks, i, &len);
                cleaned += len > 0;
                volatile uint32_t read = len > 0 ? runs[len - 1].len : 0;
                const homeveil_point *path = homeveil_tasks_path(tasks, i, &len);
                volatile double there = len > 0 ? path[len - 1].x_m : 0.0;
                (void)read, (void)there, (void)homeveil_tasks_kind(tasks, i), (void)homeveil_tasks_status(tasks, i);
            }
            break;
        case 21:
            homeveil_command_free(command), command = NULL;
            check(homeveil_device_pending(device, byte() % 3, now, &command), command);
            ask(command);
            break;
        case 22:
            (void)homeveil_device_next_tick(MAYBE(device), MAYBE(&due));
            check(homeveil_device_on_tick(device, byte() % 2 ? due : now, &bytes), bytes);
            break;
        case 23: check(homeveil_device_on_pose(device, floor, pose, now, &bytes), bytes); break;
        case 24:
            (void)homeveil_device_bar(MAYBE(device), floor, MAYBE(&place), &mark);
            (void)homeveil_device_remove_mark(MAYBE(device), floor, byte() % 2 ? mark : word(), MAYBE(home));
            break;
        case 25:
            (void)homeveil_device_bind_area(MAYBE(device), floor, byte() % 20, MAYBE(home), MAYBE(labels), byte() % 4);
            (void)homeveil_device_unbind_area(device, floor, byte() % 20);
            break;
        case 26:
            (void)homeveil_device_new_epoch(byte() % 4 ? NULL : device, now);
            (void)homeveil_device_next_epoch_is_sealed(device, MAYBE(&flag));
            (void)homeveil_device_has_consent(device, now, MAYBE(&flag));
            (void)homeveil_device_check_floor(device, floor);
            check(homeveil_device_disclosure(device, byte() % 3, now, &bytes), bytes);
            break;
        default:
            check(homeveil_device_failed(device, 1, word(), byte() % 5, now, &bytes), bytes);
            check(homeveil_device_progress(device, 1, byte(), byte() % 12, now, &more), more);
            read_and_free(bytes), bytes = NULL;
            check(homeveil_device_finished(device, 1, byte(), word(), now, &bytes), bytes);
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
    printf("%lu lives, %lu maps from files, %lu releases, %lu commands, %lu tasks to clean\n", lives, files, releases, accepted,
           cleaned);
    return 0;
}
#endif
