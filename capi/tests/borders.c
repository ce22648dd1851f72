/* Every function at its borders: NULL, wrong sizes, numbers that stand for nothing, a store and randomness behind callbacks. */
#include "memory.h"

#include <math.h>
#include <stddef.h>

static int32_t no_randomness(void *context, uint8_t *buffer, size_t len)
{
    (void)context, (void)buffer, (void)len;
    return 1;
}

static void homes(void)
{
    homeveil_home *home = NULL;
    homeveil_label_map map = map_of_labels();
    homeveil_point corners[] = {{1.0, 1.0}, {2.0, 1.0}, {2.0, 2.0}};
    homeveil_keep_out area = {corners, 3}, wall = {corners, 2}, point = {corners, 1};
    homeveil_room kitchen = {10, HOMEVEIL_KIND_KITCHEN}, odd = {10, 99};
    homeveil_point far = {1000.0, 0.0}, nowhere = {NAN, 0.0};
    uint16_t *exact = malloc(sizeof labels);

    EXPECT(homeveil_home_from_labels(NULL, &home) == HOMEVEIL_STATUS_NULL);
    EXPECT(homeveil_home_from_labels(&map, NULL) == HOMEVEIL_STATUS_NULL);
    map.size--;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_STRUCT_SIZE);
    map = map_of_labels(), map.size++;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_STRUCT_SIZE);
    map.size = 0;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_STRUCT_SIZE);
    map.size = offsetof(homeveil_label_map, yaw_rad) + 1;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_STRUCT_SIZE);
    /* A header that has no turned maps and keep-outs yet: what lies behind its struct is not read. */
    map = map_of_labels(), map.yaw_rad = 1e300, map.dock = NULL, map.keep_outs = NULL, map.keep_outs_len = SIZE_MAX;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_NULL);
    map.size = offsetof(homeveil_label_map, yaw_rad);
    OK(homeveil_home_from_labels(&map, &home));
    homeveil_home_free(home), home = NULL;
    map = map_of_labels(), map.labels = NULL;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_NULL);
    /* Of labels there are as many as cells, and with another number, that of bytes for one, none is read. */
    map = map_of_labels();
    EXPECT(exact != NULL);
    memcpy(exact, labels, sizeof labels), map.labels = exact;
    OK(homeveil_home_from_labels(&map, &home));
    homeveil_home_free(home), home = NULL;
    size_t wrong[] = {0, WIDTH * HEIGHT - 1, WIDTH * HEIGHT + 1, sizeof labels, SIZE_MAX / 4, SIZE_MAX};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        map.labels_len = wrong[i];
        EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_GRID_LENGTH && home == NULL);
    }
    map.width = map.height = UINT32_MAX, map.labels_len = SIZE_MAX / 4;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_GRID_SIDE);
    map.width = 1 << 14, map.height = (1 << 14) + 1;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_GRID_SIDE);
    free(exact);
    map = map_of_labels(), map.height = 3;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_GRID_LENGTH);
    map = map_of_labels(), map.width = 0;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_GRID_SIDE);
    map = map_of_labels(), map.resolution_m = 0.0;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_GRID_RESOLUTION);
    map = map_of_labels(), map.robot_radius_m = -1.0;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_FOOTPRINT);
    map = map_of_labels(), map.rooms = &odd, map.rooms_len = 1;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_NUMBER);
    /* A room whose number means floor of no room, a wall or the unknown would lose its kind. */
    uint16_t defaults[] = {0, 1, UINT16_MAX};
    for (int i = 0; i < 3; i++) {
        homeveil_room rooms[] = {kitchen, {defaults[i], HOMEVEIL_KIND_BEDROOM}};
        map = map_of_labels(), map.rooms = rooms, map.rooms_len = 2;
        EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_NUMBER && home == NULL);
        map = map_of_labels();
        *(i == 0 ? &map.unknown : i == 1 ? &map.free : &map.occupied) = defaults[(i + 1) % 3];
        EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_NUMBER && home == NULL);
    }
    /* A room with two kinds, one of which is redacted: which of them counts nobody can say. */
    homeveil_room twice[] = {{11, HOMEVEIL_KIND_LIVING}, kitchen, {11, HOMEVEIL_KIND_BEDROOM}};
    map = map_of_labels(), map.rooms = twice, map.rooms_len = 3;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_ROOM_CELLS && home == NULL);
    twice[0].kind = HOMEVEIL_KIND_BEDROOM;
    OK(homeveil_home_from_labels(&map, &home));
    homeveil_home_free(home), home = NULL;
    homeveil_room first = {1, HOMEVEIL_KIND_BEDROOM};
    map = map_of_labels(), map.rooms = &first, map.rooms_len = 1, map.free = 2;
    OK(homeveil_home_from_labels(&map, &home));
    homeveil_home_free(home), home = NULL;
    map = map_of_labels(), map.dock = &far;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_DOCK);
    map.dock = &nowhere;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_POSITION);
    map = map_of_labels(), map.yaw_rad = NAN;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_ORIGIN);
    static uint16_t many[1001];
    static homeveil_keep_out walls[1001];
    for (int i = 0; i < 1001; i++) {
        many[i] = (uint16_t)(100 + i), walls[i] = wall;
    }
    map = map_of_labels(), map.labels = many, map.labels_len = 1001, map.width = 1001, map.height = 1;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_ROOMS);
    map = map_of_labels(), map.keep_outs = walls, map.keep_outs_len = 1001;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_KEEP_OUTS);
    map = map_of_labels(), map.keep_outs = &point, map.keep_outs_len = 1;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_OUTLINE);
    map = map_of_labels(), map.keep_outs = &wall, map.keep_outs_len = 1, map.rooms = &kitchen, map.rooms_len = 1;
    OK(homeveil_home_from_labels(&map, &home));
    homeveil_home_free(home), home = NULL;
    map.keep_outs = &area;
    OK(homeveil_home_from_labels(&map, &home));
    EXPECT(homeveil_home_corner(home, &far) == HOMEVEIL_STATUS_MAP_FILE && far.x_m == 1000.0);
    EXPECT(homeveil_home_corner(home, NULL) == HOMEVEIL_STATUS_NULL);
    EXPECT(homeveil_home_corner(NULL, &far) == HOMEVEIL_STATUS_NULL);
    homeveil_home_free(home), home = NULL;

    EXPECT(homeveil_home_from_valetudo((const uint8_t *)"{}", 2, 0.17, &home) == HOMEVEIL_STATUS_MAP_FILE);
    EXPECT(homeveil_home_from_valetudo(NULL, 0, 0.17, &home) == HOMEVEIL_STATUS_MAP_FILE);
    EXPECT(homeveil_home_from_valetudo(NULL, 2, 0.17, &home) == HOMEVEIL_STATUS_NULL && home == NULL);
    homeveil_home_free(NULL);
}

static void policies(homeveil_policy **policy)
{
    homeveil_policy *copy = NULL;
    homeveil_bytes *json = NULL;
    EXPECT(homeveil_policy_new(NULL) == HOMEVEIL_STATUS_NULL);
    OK(homeveil_policy_new(policy));
    OK(homeveil_policy_to_json(*policy, &json));
    EXPECT(homeveil_bytes_data(json)[homeveil_bytes_len(json)] == 0);
    /* The sealed default, as the README says to change it: λ = 2, for which releases are drawn. */
    char changed[400];
    EXPECT(homeveil_bytes_len(json) < sizeof changed);
    memcpy(changed, homeveil_bytes_data(json), homeveil_bytes_len(json) + 1);
    char *odds = strstr(changed, "\"odds\":[1,1]");
    EXPECT(odds != NULL);
    odds[strlen("\"odds\":[")] = '2';
    homeveil_policy_free(*policy), *policy = NULL;
    OK(homeveil_policy_from_json((const uint8_t *)changed, strlen(changed), policy));
    homeveil_bytes_free(json);
    OK(homeveil_policy_to_json(*policy, &json));
    EXPECT(strstr((const char *)homeveil_bytes_data(json), "\"odds\":[2,1]") != NULL);
    homeveil_bytes_free(json);
    EXPECT(homeveil_policy_from_json((const uint8_t *)"{", 1, &copy) == HOMEVEIL_STATUS_POLICY_JSON);
    EXPECT(homeveil_policy_from_json((const uint8_t *)"{}", 2, &copy) == HOMEVEIL_STATUS_POLICY && copy == NULL);
    homeveil_policy_free(NULL);
    homeveil_bytes_free(NULL);
    EXPECT(homeveil_bytes_data(NULL) == NULL && homeveil_bytes_len(NULL) == 0);
}

static void redactions(const homeveil_policy *policy, homeveil_redaction **redaction)
{
    uint32_t rooms[] = {11};
    homeveil_point outline[] = {{0.5, 2.0}, {1.0, 2.0}, {1.0, 3.0}, {0.5, 3.0}};
    homeveil_redaction *other = NULL;
    EXPECT(homeveil_redaction_new(NULL, redaction) == HOMEVEIL_STATUS_NULL);
    OK(homeveil_redaction_new(policy, &other));
    OK(homeveil_redaction_add_rooms(other, rooms, 1));
    OK(homeveil_redaction_add_region(other, outline, 4));
    EXPECT(homeveil_redaction_add_region(other, outline, 2) == HOMEVEIL_STATUS_OUTLINE);
    EXPECT(homeveil_redaction_add_rooms(NULL, rooms, 1) == HOMEVEIL_STATUS_NULL);
    homeveil_redaction_free(other);
    homeveil_redaction_free(NULL);
    OK(homeveil_redaction_new(policy, redaction));
    OK(homeveil_redaction_set_unlabelled(*redaction, 1));
}

/* A map of elsewhere: the key does not know it. */
static homeveil_home *elsewhere(void)
{
    static uint16_t other[90 * 90];
    homeveil_label_map map = homeveil_label_map_default();
    homeveil_home *home = NULL;
    for (int i = 0; i < 90 * 90; i++) {
        int x = i % 90, y = i / 90;
        int is_wall = x < 1 || y < 1 || x > 88 || y > 88 || (x == 30 && y % 40 > 8) || (y == 60 && x > 30 && x % 50 > 9);
        other[i] = is_wall ? UINT16_MAX : (uint16_t)(20 + (x > 30) + 2 * (y > 60 && x > 30));
    }
    map.width = map.height = 90, map.resolution_m = 0.1;
    map.labels = other, map.labels_len = 90 * 90, map.occupied = UINT16_MAX;
    OK(homeveil_home_from_labels(&map, &home));
    return home;
}

/* What a C robot's owner is told of a map, and how a key that the map closed is opened. */
static void refits(const homeveil_policy *policy, const homeveil_redaction *redaction)
{
    static memory flash;
    uint8_t counter = 9;
    homeveil_store store = {sizeof store, &flash, load, save};
    homeveil_device_options options = homeveil_device_options_default();
    homeveil_consent consent = homeveil_consent_default();
    homeveil_refit refit = homeveil_refit_default();
    homeveil_mark mark = homeveil_mark_default();
    homeveil_device *device = NULL;
    homeveil_redaction *own = NULL;
    homeveil_label_map map = map_of_labels();
    homeveil_home *home = NULL, *other = elsewhere();
    homeveil_bytes *log = NULL;
    homeveil_point line[] = {{1.5, 1.5}, {1.5, 2.5}};
    homeveil_keep_out bar = {line, 2};
    const char *others[] = {"The Cloud", NULL};
    uint32_t barred = 0, rooms[] = {10};

    options.store = &store, options.fill = count_up, options.fill_context = &counter;
    OK(homeveil_device_open(policy, &options, &device));
    OK(homeveil_home_from_labels(&map, &home));
    consent.id = "no", consent.controller = "Maker", consent.from_s = NOW, consent.until_s = NOW + 86400, consent.refused = 1;
    OK(homeveil_device_consent(device, &consent, NOW));
    EXPECT(homeveil_device_on_map(device, home, redaction, NOW) == HOMEVEIL_STATUS_CONSENT_REFUSED);
    consent.id = "yes", consent.refused = 0, consent.notice = "https://example.com", consent.notice_version = "2";
    consent.recipients = others, consent.recipients_len = 2;
    EXPECT(homeveil_device_consent(device, &consent, NOW) == HOMEVEIL_STATUS_NULL);
    /* There are not so many, and nobody looks. */
    consent.recipients_len = 17;
    EXPECT(homeveil_device_consent(device, &consent, NOW) == HOMEVEIL_STATUS_CONSENT_RECORD);
    consent.recipients_len = 1;
    OK(homeveil_device_consent(device, &consent, NOW));
    OK(homeveil_device_log_text(device, HOMEVEIL_LANGUAGE_ENGLISH, &log));
    EXPECT(strstr((const char *)homeveil_bytes_data(log), "to: Maker, The Cloud") != NULL);
    homeveil_bytes_free(log);

    EXPECT(homeveil_device_refit(device, 0, &refit) == HOMEVEIL_STATUS_NO_KEY);
    OK(homeveil_device_redaction(device, &own));
    EXPECT(homeveil_device_redaction(device, NULL) == HOMEVEIL_STATUS_NULL);
    OK(homeveil_redaction_set_unlabelled(own, 1));
    OK(homeveil_device_on_map(device, home, own, NOW));
    EXPECT(homeveil_device_refit(device, 0, &refit) == HOMEVEIL_STATUS_NOT_REFITTED);
    EXPECT(homeveil_device_refit(device, 5, &refit) == HOMEVEIL_STATUS_UNKNOWN_FLOOR);
    EXPECT(homeveil_device_refit(device, 0, NULL) == HOMEVEIL_STATUS_NULL);
    EXPECT(homeveil_device_mark(device, 0, 0, &mark) == HOMEVEIL_STATUS_UNKNOWN_MARK && mark.cells == 0);
    OK(homeveil_device_bar(device, 0, &bar, &barred));
    OK(homeveil_device_bind_area(device, 0, 2, home, rooms, 1));
    int bars = 0, areas = 0;
    for (size_t index = 0; homeveil_device_mark(device, 0, index, &mark) == HOMEVEIL_STATUS_OK; index++) {
        bars += mark.kind == HOMEVEIL_MARK_BARRED && mark.id == barred && mark.cells > 3 && mark.at.x_m > 1.3 && mark.at.x_m < 1.7;
        areas += mark.kind == HOMEVEIL_MARK_AREA && mark.area == 2;
    }
    EXPECT(bars == 1 && areas == 1);
    EXPECT(homeveil_device_mark(device, 0, 0, NULL) == HOMEVEIL_STATUS_NULL);
    OK(homeveil_device_is_stored(device));

    OK(homeveil_device_on_map(device, home, own, NOW + 1));
    refit.size = offsetof(homeveil_refit, recognized);
    OK(homeveil_device_refit(device, 0, &refit));
    EXPECT(refit.map_overlap > 0.99 && refit.recognized == 0 && refit.size == offsetof(homeveil_refit, recognized));
    refit.size = sizeof refit - 1;
    EXPECT(homeveil_device_refit(device, 0, &refit) == HOMEVEIL_STATUS_STRUCT_SIZE);
    refit.size = sizeof refit;
    OK(homeveil_device_refit(device, 0, &refit));
    EXPECT(refit.recognized == 1 && refit.open == HOMEVEIL_STATUS_OK && refit.undecided == 0 && refit.seems_moved == 0);
    EXPECT(refit.unreachable == 0 && refit.strange_maps == 0 && refit.zone_agreement > 0.99);

    /* Elsewhere the bar has no place. By the owner's word the key opens: for this map, or without the bar. */
    for (int confirms = 0; confirms < 2; confirms++) {
        OK(homeveil_device_on_map(device, other, own, NOW + 2));
        EXPECT(homeveil_device_check_floor(device, 0) == HOMEVEIL_STATUS_UNRECOGNIZED);
        OK(homeveil_device_refit(device, 0, &refit));
        /* The second time the map is one that was seen, and still not one of the home. */
        EXPECT(refit.recognized == confirms && refit.open == HOMEVEIL_STATUS_UNRECOGNIZED && refit.strange_maps > 0);
        OK(confirms ? homeveil_device_confirm_map(device, 0) : homeveil_device_unbar(device, 0));
        OK(homeveil_device_check_floor(device, 0));
        OK(homeveil_device_refit(device, 0, &refit));
        EXPECT(refit.open == HOMEVEIL_STATUS_OK);
        OK(homeveil_device_on_map(device, home, own, NOW + 3));
        OK(homeveil_device_bar(device, 0, &bar, &barred));
    }
    OK(homeveil_device_on_map(device, other, own, NOW + 4));
    OK(homeveil_device_refit(device, 0, &refit));
    EXPECT(refit.recognized == 1 && refit.open == HOMEVEIL_STATUS_OK);
    EXPECT(homeveil_device_confirm_map(device, 7) == HOMEVEIL_STATUS_UNKNOWN_FLOOR);
    EXPECT(homeveil_device_unbar(NULL, 0) == HOMEVEIL_STATUS_NULL && homeveil_device_is_stored(NULL) == HOMEVEIL_STATUS_NULL);
    homeveil_redaction_free(own);
    homeveil_home_free(home), homeveil_home_free(other);
    homeveil_device_free(device);
    forget(&flash);
}

static void devices(const homeveil_policy *policy, const homeveil_redaction *redaction, const char *folder)
{
    static memory flash;
    uint8_t counter = 0;
    homeveil_store store = {sizeof store, &flash, load, save};
    homeveil_device_options options = homeveil_device_options_default();
    homeveil_device *device = NULL, *second = NULL;
    homeveil_label_map map = map_of_labels();
    homeveil_home *home = NULL;
    homeveil_consent consent = homeveil_consent_default();
    homeveil_bytes *bytes = NULL, *answer = NULL;
    homeveil_command *command = NULL;
    homeveil_tasks *tasks = NULL;
    homeveil_grid grid = {0, 0, 0.0};
    homeveil_pose pose = {1.0, 1.0, 0.0};
    homeveil_point line[] = {{1.5, 1.5}, {1.5, 2.5}};
    homeveil_keep_out bar = {line, 2};
    static int8_t cells[1 << 20];
    uint32_t mark = 0, client = 0, rooms[] = {10};
    uint64_t id = 0, due = 0;
    int32_t flag = 0;
    size_t len = 0;
    const char *go = "{\"client\":3,\"id\":1,\"goals\":[{\"zone\":1},{\"drive\":[1.0,1.0]},{\"area\":1}]}";

    EXPECT(homeveil_device_open(policy, &options, &device) == HOMEVEIL_STATUS_NULL && device == NULL);
    options.size++;
    EXPECT(homeveil_device_open(policy, &options, &device) == HOMEVEIL_STATUS_STRUCT_SIZE);
    options.size--;
    options.folder = "\xff";
    EXPECT(homeveil_device_open(policy, &options, &device) == HOMEVEIL_STATUS_UTF8);
    options.folder = folder;
    /* A header that knows of no randomness of the program's own. */
    options.fill = no_randomness, options.size = offsetof(homeveil_device_options, fill);
    OK(homeveil_device_open(policy, &options, &device));
    homeveil_device_free(device), device = NULL;
    options = homeveil_device_options_default(), options.folder = folder;
    OK(homeveil_device_open(policy, &options, &device));
    EXPECT(homeveil_device_open(policy, &options, &second) == HOMEVEIL_STATUS_STORE_IN_USE && second == NULL);
    homeveil_device_free(device), device = NULL;
    homeveil_device_free(NULL);

    options.store = &store;
    options.fill = no_randomness;
    store.save = NULL;
    EXPECT(homeveil_device_open(policy, &options, &device) == HOMEVEIL_STATUS_NULL);
    store.save = save, store.size = offsetof(homeveil_store, save);
    EXPECT(homeveil_device_open(policy, &options, &device) == HOMEVEIL_STATUS_NULL);
    store.size = sizeof store - 1;
    EXPECT(homeveil_device_open(policy, &options, &device) == HOMEVEIL_STATUS_STRUCT_SIZE);
    store.size++, flash.fails = 1;
    EXPECT(homeveil_device_open(policy, &options, &device) == HOMEVEIL_STATUS_STORE);
    flash.fails = 0;
    OK(homeveil_device_open(policy, &options, &device));
    OK(homeveil_home_from_labels(&map, &home));
    EXPECT(homeveil_device_on_map(device, home, redaction, NOW) == HOMEVEIL_STATUS_CONSENT);
    consent.id = "c-1", consent.from_s = NOW, consent.until_s = NOW + 86400 * 365;
    EXPECT(homeveil_device_consent(device, &consent, NOW) == HOMEVEIL_STATUS_NULL);
    consent.controller = "Maker", consent.purposes = 1u << 31;
    EXPECT(homeveil_device_consent(device, &consent, NOW) == HOMEVEIL_STATUS_NUMBER);
    consent.purposes = 0;
    EXPECT(homeveil_device_consent(device, &consent, NOW) == HOMEVEIL_STATUS_CONSENT_RECORD);
    consent.purposes = HOMEVEIL_PURPOSE_REQUESTED_SERVICE;
    OK(homeveil_device_has_consent(device, NOW, &flag));
    EXPECT(flag == 0);
    consent.purposes = 1u << 31, consent.size = offsetof(homeveil_consent, purposes);
    OK(homeveil_device_consent(device, &consent, NOW));
    OK(homeveil_device_has_consent(device, NOW, &flag));
    EXPECT(flag == 1);
    consent.purposes = HOMEVEIL_PURPOSE_REQUESTED_SERVICE, consent.size = sizeof consent;
    OK(homeveil_device_consent(device, &consent, NOW));
    EXPECT(homeveil_device_release_json(device, NOW, &bytes) == HOMEVEIL_STATUS_NOT_DRAWN && bytes == NULL);
    EXPECT(homeveil_device_on_map(device, home, redaction, NOW) == HOMEVEIL_STATUS_COINS);
    homeveil_device_free(device), device = NULL;

    options.fill = count_up, options.fill_context = &counter;
    OK(homeveil_device_open(policy, &options, &device));
    EXPECT(homeveil_device_on_map(device, NULL, redaction, NOW) == HOMEVEIL_STATUS_NULL);
    const homeveil_home *maps[] = {home};
    const homeveil_redaction *redacted[] = {redaction};
    /* With another number of floors, that of bytes for one, none is read. */
    size_t floors[] = {0, 2, sizeof maps, SIZE_MAX / 16, SIZE_MAX};
    for (size_t i = 0; i < sizeof floors / sizeof floors[0]; i++) {
        EXPECT(homeveil_device_on_maps(device, maps, redacted, floors[i], NOW) == HOMEVEIL_STATUS_UNKNOWN_FLOOR);
    }
    OK(homeveil_device_on_maps(device, maps, redacted, 1, NOW));
    OK(homeveil_device_on_map(device, home, redaction, NOW + 5));
    OK(homeveil_device_check_floor(device, 0));
    EXPECT(homeveil_device_check_floor(device, 9) == HOMEVEIL_STATUS_UNKNOWN_FLOOR);
    OK(homeveil_device_release_json(device, NOW + 6, &bytes));
    homeveil_bytes_free(bytes), bytes = NULL;
    OK(homeveil_device_release_map_server(device, 0, NOW + 6, &bytes, &answer));
    EXPECT(memcmp(homeveil_bytes_data(answer), "P5", 2) == 0);
    homeveil_bytes_free(bytes), homeveil_bytes_free(answer), bytes = answer = NULL;
    EXPECT(homeveil_device_release_map_server(device, 7, NOW + 6, &bytes, &answer) == HOMEVEIL_STATUS_UNKNOWN_FLOOR);
    EXPECT(homeveil_device_release_grid(device, 0, NOW + 6, cells, 3, &grid) == HOMEVEIL_STATUS_BUFFER_TOO_SMALL);
    EXPECT(grid.width > 3 && grid.width * grid.height <= sizeof cells && grid.resolution_m > 0.0);
    homeveil_grid unwritten = {7, 8, 9.0};
    EXPECT(homeveil_device_release_grid(device, 0, NOW + 6, NULL, sizeof cells, &unwritten) == HOMEVEIL_STATUS_NULL);
    EXPECT(homeveil_device_release_grid(device, 7, NOW + 6, cells, sizeof cells, &unwritten) == HOMEVEIL_STATUS_UNKNOWN_FLOOR);
    EXPECT(unwritten.width == 7 && unwritten.height == 8 && unwritten.resolution_m == 9.0);
    grid = unwritten;
    OK(homeveil_device_release_grid(device, 0, NOW + 6, cells, sizeof cells, &grid));
    EXPECT(grid.width > 8 && grid.height > 8 && grid.resolution_m < 1.0);

    OK(homeveil_device_bar(device, 0, &bar, &mark));
    OK(homeveil_device_remove_mark(device, 0, mark, home));
    EXPECT(homeveil_device_remove_mark(device, 0, mark, home) == HOMEVEIL_STATUS_UNKNOWN_MARK);
    OK(homeveil_device_bind_area(device, 0, 1, home, rooms, 1));
    EXPECT(homeveil_device_bind_area(device, 0, 1, home, NULL, 1) == HOMEVEIL_STATUS_NULL);
    OK(homeveil_device_unbind_area(device, 0, 1));
    OK(homeveil_device_unbind_area(device, 0, 1));
    EXPECT(homeveil_device_unbind_area(device, 4, 1) == HOMEVEIL_STATUS_UNKNOWN_FLOOR);
    EXPECT(homeveil_device_unbind_area(device, 0, 16) == HOMEVEIL_STATUS_UNKNOWN_AREA);
    EXPECT(homeveil_device_bind_area(device, 0, 16, home, rooms, 1) == HOMEVEIL_STATUS_UNKNOWN_AREA);
    OK(homeveil_device_unbind_area(device, 0, 15));

    EXPECT(homeveil_device_on_command(device, NULL, 1, NOW + 7, &answer, &command) == HOMEVEIL_STATUS_NULL);
    OK(homeveil_device_on_command(device, (const uint8_t *)"?", 1, NOW + 7, &answer, &command));
    EXPECT(command == NULL && homeveil_bytes_len(answer) > 0);
    homeveil_bytes_free(answer), answer = NULL;
    OK(homeveil_device_on_command(device, (const uint8_t *)go, strlen(go), NOW + 8, &answer, &command));
    EXPECT(command != NULL && homeveil_command_order(command) == HOMEVEIL_ORDER_GO);
    OK(homeveil_command_ids(command, &client, &id));
    EXPECT(client == 3 && id == 1 && homeveil_command_repeats(command) == 1);
    homeveil_bytes_free(answer), answer = NULL;
    OK(homeveil_device_tasks(device, command, pose, NOW + 8, &tasks));
    EXPECT(homeveil_tasks_len(tasks) == 3 && homeveil_tasks_kind(tasks, 0) == HOMEVEIL_TASK_CLEAN);
    EXPECT(homeveil_tasks_runs(tasks, 0, &len) != NULL && len > 0);
    EXPECT(homeveil_tasks_kind(tasks, 1) == HOMEVEIL_TASK_DRIVE);
    EXPECT(homeveil_tasks_path(tasks, 1, &len) != NULL && len > 0);
    EXPECT(homeveil_tasks_kind(tasks, 2) == HOMEVEIL_TASK_NOTHING);
    EXPECT(homeveil_tasks_status(tasks, 2) == HOMEVEIL_STATUS_OK);
    EXPECT(homeveil_tasks_status(tasks, 99) == HOMEVEIL_STATUS_NUMBER);
    EXPECT(homeveil_tasks_runs(tasks, 2, &len) == NULL && len == 0 && homeveil_tasks_path(NULL, 0, NULL) == NULL);
    homeveil_tasks_free(tasks), homeveil_tasks_free(NULL);
    homeveil_command_free(command), command = NULL, homeveil_command_free(NULL);
    EXPECT(homeveil_command_order(NULL) == HOMEVEIL_ORDER_OTHER && homeveil_command_repeats(NULL) == 0);
    OK(homeveil_device_pending(device, 0, NOW + 9, &command));
    EXPECT(command != NULL);
    homeveil_command_free(command), command = NULL;
    EXPECT(homeveil_command_canceled(command, &id) == HOMEVEIL_STATUS_NULL);
    OK(homeveil_device_pending(device, 1, NOW + 9, &command));
    EXPECT(command == NULL);
    int32_t paused = 7;
    EXPECT(homeveil_device_is_paused(NULL, NOW + 9, &paused) == HOMEVEIL_STATUS_NULL);
    EXPECT(homeveil_device_is_paused(device, NOW + 9, NULL) == HOMEVEIL_STATUS_NULL && paused == 7);
    OK(homeveil_device_is_paused(device, NOW + 9, &paused));
    EXPECT(paused == 0);
    const char *rests[] = {"{\"client\":3,\"id\":8,\"order\":\"pause\"}", "{\"client\":3,\"id\":9,\"order\":\"resume\"}"};
    for (int32_t rest = 0; rest < 2; rest++) {
        const uint8_t *text = (const uint8_t *)rests[rest];
        OK(homeveil_device_on_command(device, text, strlen(rests[rest]), NOW + 9, &answer, &command));
        homeveil_bytes_free(answer), answer = NULL;
        homeveil_command_free(command), command = NULL;
        OK(homeveil_device_is_paused(device, NOW + 9, &paused));
        EXPECT(paused == 1 - rest);
    }

    /* Of several commands under way, the robot is told which one to give up. */
    const char *third = "{\"client\":3,\"id\":4,\"goal\":\"all\"}", *cancel = "{\"client\":3,\"id\":5,\"order\":{\"cancel\":4}}";
    id = 77;
    OK(homeveil_device_on_command(device, (const uint8_t *)third, strlen(third), NOW + 9, &answer, &command));
    EXPECT(homeveil_command_canceled(command, &id) == HOMEVEIL_STATUS_UNKNOWN_COMMAND && id == 77);
    EXPECT(homeveil_command_floor(command) == 0 && homeveil_command_floor(NULL) == 0);
    homeveil_command_free(command), homeveil_bytes_free(answer), command = NULL, answer = NULL;
    OK(homeveil_device_on_command(device, (const uint8_t *)cancel, strlen(cancel), NOW + 9, &answer, &command));
    EXPECT(homeveil_command_order(command) == HOMEVEIL_ORDER_CANCEL && homeveil_command_repeats(command) == 0);
    EXPECT(homeveil_command_canceled(command, NULL) == HOMEVEIL_STATUS_NULL);
    OK(homeveil_command_canceled(command, &id));
    EXPECT(id == 4 && homeveil_command_floor(command) == 0);
    OK(homeveil_device_tasks(device, command, pose, NOW + 9, &tasks));
    EXPECT(homeveil_tasks_len(tasks) == 0);
    homeveil_tasks_free(tasks), homeveil_command_free(command), homeveil_bytes_free(answer), command = NULL, answer = NULL;

    EXPECT(homeveil_device_progress(device, 3, 1, 5, NOW + 9, &bytes) == HOMEVEIL_STATUS_NOT_OPTED_IN);
    EXPECT(homeveil_device_failed(device, 3, 1, 0, NOW + 9, &bytes) == HOMEVEIL_STATUS_NOT_OPTED_IN);
    EXPECT(homeveil_device_failed(device, 3, 1, 44, NOW + 9, &bytes) == HOMEVEIL_STATUS_NUMBER);
    EXPECT(homeveil_device_finished(device, 3, 1, 60, NOW + 9, &bytes) == HOMEVEIL_STATUS_NOT_OPTED_IN);
    OK(homeveil_device_on_pose(device, 0, pose, NOW + 9, &bytes));
    EXPECT(strcmp((const char *)homeveil_bytes_data(bytes), "[]") == 0);
    homeveil_bytes_free(bytes), bytes = NULL;
    OK(homeveil_device_next_tick(device, &due));
    EXPECT(due > NOW + 9);
    OK(homeveil_device_on_tick(device, due, &bytes));
    EXPECT(homeveil_bytes_len(bytes) > 2);
    homeveil_bytes_free(bytes), bytes = NULL;

    OK(homeveil_device_disclosure(device, HOMEVEIL_LANGUAGE_ENGLISH, due, &bytes));
    homeveil_bytes_free(bytes), bytes = NULL;
    EXPECT(homeveil_device_disclosure(device, 7, due, &bytes) == HOMEVEIL_STATUS_NUMBER);
    OK(homeveil_device_log_text(device, HOMEVEIL_LANGUAGE_FRENCH, &bytes));
    homeveil_bytes_free(bytes), bytes = NULL;
    OK(homeveil_device_log_json(device, &bytes));
    /* As JSON, as files and as a grid; what asked for its size alone, or for no floor, gave none out. */
    EXPECT(strstr((const char *)homeveil_bytes_data(bytes), "{\"what\":\"release\",\"count\":3,") != NULL);
    homeveil_bytes_free(bytes), bytes = NULL;

    OK(homeveil_device_next_epoch_is_sealed(device, &flag));
    OK(homeveil_device_new_epoch(device, due));
    EXPECT(homeveil_device_release_json(device, due, &bytes) == HOMEVEIL_STATUS_NOT_DRAWN);
    OK(homeveil_device_withdraw(device, due));
    EXPECT(homeveil_device_on_command(device, (const uint8_t *)go, strlen(go), due, &answer, &command) ==
           HOMEVEIL_STATUS_CONSENT);
    grid = unwritten;
    EXPECT(homeveil_device_release_grid(device, 0, due, cells, sizeof cells, &grid) == HOMEVEIL_STATUS_CONSENT);
    EXPECT(grid.width == 7);
    homeveil_device_free(device), device = NULL;

    /* What was there a moment ago is not "never saved": a store that says so begins no new household. */
    flash.vanishes = 1;
    EXPECT(homeveil_device_open(policy, &options, &device) == HOMEVEIL_STATUS_STORE_CHANGED && device == NULL);
    flash.vanishes = 0;

    /* A key without a state is no new household. */
    for (size_t i = 0; i < flash.count; i++) {
        if (strcmp(flash.blobs[i].name, "state") == 0) {
            strcpy(flash.blobs[i].name, "lost");
        }
    }
    EXPECT(homeveil_device_open(policy, &options, &device) == HOMEVEIL_STATUS_STATE_LOST);
    OK(homeveil_device_start_over(policy, &options, &device));
    EXPECT(homeveil_device_start_over(policy, &options, &second) == HOMEVEIL_STATUS_OCCUPIED);
    homeveil_device_free(device);
    homeveil_home_free(home);
    forget(&flash);
}

int main(int argc, char **argv)
{
    homeveil_policy *policy = NULL;
    homeveil_redaction *redaction = NULL;
    if (argc != 2) {
        return 2;
    }
    int texts = 0;
    for (int32_t status = 0; status < 500; status++) {
        texts += strcmp(homeveil_status_text(status), homeveil_status_text(-1)) != 0;
    }
    EXPECT(texts > 60 && strcmp(homeveil_status_text(HOMEVEIL_STATUS_TOO_MANY_MARKS), homeveil_status_text(-1)) != 0);
    EXPECT(strchr(homeveil_version(), '.') != NULL);
    homes();
    policies(&policy);
    redactions(policy, &redaction);
    devices(policy, redaction, argv[1]);
    refits(policy, redaction);
    EXPECT(homeveil_device_on_tick(NULL, NOW, NULL) == HOMEVEIL_STATUS_NULL);
    homeveil_redaction_free(redaction);
    homeveil_policy_free(policy);
    return 0;
}
