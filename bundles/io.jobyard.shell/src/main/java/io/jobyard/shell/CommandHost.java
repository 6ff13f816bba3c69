// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.JobRetention;
import io.jobyard.api.spi.SizeLimits;
import io.jobyard.api.spi.StoreMaintenance;
import io.jobyard.settings.api.Configurations;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The services that commands ask. It is there when the host takes jobs. */
@Component(service = CommandHost.class)
public final class CommandHost {

    final CommandUsers users;
    final Configurations configurations;
    final StoreMaintenance store;
    final JobRetention retention;
    final SizeLimits limits;
    final HandlerCatalog handlers;

    @Activate
    public CommandHost(
            @Reference CommandUsers users,
            @Reference Configurations configurations,
            @Reference StoreMaintenance store,
            @Reference JobRetention retention,
            @Reference SizeLimits limits,
            @Reference HandlerCatalog handlers) {
        this.users = users;
        this.configurations = configurations;
        this.store = store;
        this.retention = retention;
        this.limits = limits;
        this.handlers = handlers;
    }
}
