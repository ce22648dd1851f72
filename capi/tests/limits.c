/* What is refused because it is too much: a grid, a path, marks. */
#include "memory.h"

#define SIDE 800

static void cells(void)
{
    homeveil_label_map map = homeveil_label_map_default();
    homeveil_home *home = NULL;
    size_t count = (size_t)16384 * 1025;
    uint16_t *many = calloc(count, sizeof *many);
    EXPECT(many != NULL);
    many[0] = many[count - 1] = 10;
    map.width = 16384, map.height = 1025, map.resolution_m = 0.05, map.labels = many, map.labels_len = count;
    EXPECT(homeveil_home_from_labels(&map, &home) == HOMEVEIL_STATUS_GRID_CELLS && home == NULL);
    free(many);
}

/* Floor that winds through the map from end to end, in corridors of three cells. */
static homeveil_home *winding(uint16_t *winds)
{
    homeveil_label_map map = homeveil_label_map_default();
    homeveil_home *home = NULL;
    for (int i = 0; i < SIDE * SIDE; i++) {
        int x = i % SIDE, y = i / SIDE;
        int is_edge = x == 0 || y == 0 || x == SIDE - 1 || y == SIDE - 1;
        int turns = y / 4 % 2 == 0 ? x > SIDE - 5 : x < 4;
        winds[i] = is_edge || (y % 4 == 0 && !turns) ? UINT16_MAX : 10;
    }
    map.width = map.height = SIDE, map.resolution_m = 0.05, map.robot_radius_m = 0.05;
    map.labels = winds, map.labels_len = SIDE * SIDE;
    OK(homeveil_home_from_labels(&map, &home));
    return home;
}

int main(void)
{
    static uint16_t winds[SIDE * SIDE];
    static memory flash;
    static char go[1 << 14];
    uint8_t counter = 0;
    homeveil_policy *policy = NULL;
    homeveil_redaction *redaction = NULL;
    homeveil_store store = {sizeof store, &flash, load, save};
    homeveil_device_options options = homeveil_device_options_default();
    homeveil_consent consent = homeveil_consent_default();
    homeveil_device *device = NULL;
    homeveil_bytes *answer = NULL;
    homeveil_command *command = NULL;
    homeveil_tasks *tasks = NULL;
    homeveil_pose pose = {0.125, 0.125, 0.0};
    homeveil_home *home = winding(winds);
    cells();

    OK(homeveil_policy_new(&policy));
    OK(homeveil_redaction_new(policy, &redaction));
    OK(homeveil_redaction_set_unlabelled(redaction, 1));
    options.store = &store, options.fill = count_up, options.fill_context = &counter;
    OK(homeveil_device_open(policy, &options, &device));
    consent.id = "c-1", consent.controller = "Maker", consent.from_s = NOW, consent.until_s = NOW + 86400;
    OK(homeveil_device_consent(device, &consent, NOW));
    OK(homeveil_device_on_map(device, home, redaction, NOW + 1));
    OK(homeveil_device_check_floor(device, 0));

    /* Past one place the path is found, past 128 at opposite ends not in the time that a robot has. */
    size_t len = (size_t)snprintf(go, sizeof go, "{\"id\":1,\"goals\":[{\"path\":[[9.5,9.5]]}]}");
    for (int places = 1; places <= 128; places += 127) {
        if (places > 1) {
            len = (size_t)snprintf(go, sizeof go, "{\"id\":2,\"goals\":[{\"path\":[");
            for (int place = 0; place < places; place++) {
                const char *at = place % 2 == 0 ? "[9.5,9.5]" : "[0.1,0.1]";
                len += (size_t)snprintf(go + len, sizeof go - len, "%s%s", place > 0 ? "," : "", at);
            }
            len += (size_t)snprintf(go + len, sizeof go - len, "]}]}");
        }
        OK(homeveil_device_on_command(device, (const uint8_t *)go, len, NOW + 2, &answer, &command));
        EXPECT(command != NULL);
        OK(homeveil_device_tasks(device, command, pose, NOW + 2, &tasks));
        EXPECT(homeveil_tasks_status(tasks, 0) == (places > 1 ? HOMEVEIL_STATUS_TOO_LONG : HOMEVEIL_STATUS_OK));
        homeveil_tasks_free(tasks), homeveil_command_free(command), homeveil_bytes_free(answer);
        tasks = NULL, command = NULL, answer = NULL;
    }
    homeveil_home_free(home), home = NULL;

    /* Bars, on a small map, until there is no room for one more; where one is removed, one finds room. */
    homeveil_label_map map = map_of_labels();
    OK(homeveil_home_from_labels(&map, &home));
    OK(homeveil_device_new_epoch(device, NOW + 3));
    OK(homeveil_device_on_map(device, home, redaction, NOW + 4));
    homeveil_status status = HOMEVEIL_STATUS_OK;
    uint32_t mark = 0, last = 0;
    int bars = 0;
    while (status == HOMEVEIL_STATUS_OK && bars < 2000) {
        double x_m = 0.3 + 0.1 * (bars % 50), y_m = 0.3 + 0.1 * (bars / 50);
        homeveil_point line[] = {{x_m, y_m}, {x_m, y_m + 0.01}};
        homeveil_keep_out bar = {line, 2};
        last = mark;
        status = homeveil_device_bar(device, 0, &bar, &mark);
        bars += status == HOMEVEIL_STATUS_OK;
    }
    EXPECT(status == HOMEVEIL_STATUS_TOO_MANY_MARKS && mark == last && bars >= 500 && bars < 2000);
    OK(homeveil_device_remove_mark(device, 0, last, home));
    homeveil_point line[] = {{0.3, 3.0}, {0.3, 3.1}};
    homeveil_keep_out bar = {line, 2};
    OK(homeveil_device_bar(device, 0, &bar, &mark));
    EXPECT(homeveil_device_bar(device, 0, &bar, &mark) == HOMEVEIL_STATUS_TOO_MANY_MARKS);

    homeveil_device_free(device);
    homeveil_home_free(home);
    homeveil_redaction_free(redaction);
    homeveil_policy_free(policy);
    forget(&flash);
    return 0;
}
