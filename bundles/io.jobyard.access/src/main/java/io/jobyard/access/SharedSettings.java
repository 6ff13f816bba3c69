// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.settings.api.Configurations;
import io.jobyard.settings.api.LoopThread;
import io.jobyard.spi.cluster.HostNotices;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Publishes this host's settings in force to the other hosts of the database, at startup and after each change. */
@Component(immediate = true)
public final class SharedSettings implements ConfigurationListener {

    static final String TOPIC = "settings";
    /** Delay after a change, so that all components have applied the configuration. */
    private static final Duration LATER = Duration.ofSeconds(2);

    private final HostNotices notices;
    private final Configurations configurations;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final LoopThread loop =
            new LoopThread("jobyard-settings-1", "Cannot publish this host's settings to other hosts", this::tell);

    @Activate
    public SharedSettings(@Reference HostNotices notices, @Reference Configurations configurations) {
        this.notices = notices;
        this.configurations = configurations;
        asked.set(true);
        loop.start();
    }

    @Deactivate
    void stop() {
        loop.interrupt();
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (event.getPid().startsWith(AuditedConfigurations.OURS)) {
            asked.set(true);
            loop.wake();
        }
    }

    private Duration tell() {
        if (asked.get()) {
            loop.pause(LATER);
        }
        if (asked.get() && !loop.isStopped()) {
            asked.set(false);
            try {
                notices.post(TOPIC, SettingsDigest.write(SettingsDigest.of(configurations.all())));
            } catch (RuntimeException e) {
                asked.set(true);
                throw e;
            }
        }
        return LoopThread.UNTIL_WOKEN;
    }
}
