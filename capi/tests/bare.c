/* What a library that was built without its features says of them: the header is always the same. */
#include "memory.h"

int main(void)
{
    memory flash = {0};
    uint8_t counter = 0;
    homeveil_store store = {sizeof store, &flash, load, save};
    homeveil_device_options options = homeveil_device_options_default();
    homeveil_policy *policy = NULL;
    homeveil_device *device = NULL;
    homeveil_home *home = NULL;
    homeveil_bytes *yaml = NULL, *pgm = NULL;
    OK(homeveil_policy_new(&policy));
    EXPECT(homeveil_home_from_valetudo((const uint8_t *)"{}", 2, 0.17, &home) == HOMEVEIL_STATUS_NOT_BUILT && home == NULL);
    options.folder = "/";
    EXPECT(homeveil_device_open(policy, &options, &device) == HOMEVEIL_STATUS_NOT_BUILT && device == NULL);
    options.fill = count_up, options.fill_context = &counter, options.store = &store;
    OK(homeveil_device_open(policy, &options, &device));
    EXPECT(homeveil_device_release_map_server(device, 0, NOW, &yaml, &pgm) == HOMEVEIL_STATUS_NOT_BUILT && yaml == NULL);
    homeveil_device_free(device);
    homeveil_policy_free(policy);
    forget(&flash);
    return 0;
}
