// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.settings.api.Configurations;
import io.jobyard.spi.cluster.HostNotices;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the other hosts of the database, at the start and at each change, what this one has in force. */
@Component(immediate = true)
public final class SharedSettings implements ConfigurationListener {

    private static final Logger LOG = LoggerFactory.getLogger(SharedSettings.class);
    static final String TOPIC = "settings";
    /** By then those who follow a configuration have taken it. */
    private static final int LATER_SECONDS = 2;

    private final HostNotices notices;
    private final Configurations configurations;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "jobyard-settings-1"));

    @Activate
    public SharedSettings(@Reference HostNotices notices, @Reference Configurations configurations) {
        this.notices = notices;
        this.configurations = configurations;
        tellLater();
    }

    @Deactivate
    void stop() {
        thread.shutdownNow();
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (event.getPid().startsWith(AuditedConfigurations.OURS)) {
            tellLater();
        }
    }

    private void tellLater() {
        if (asked.compareAndSet(false, true)) {
            thread.schedule(this::tell, LATER_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void tell() {
        asked.set(false);
        try {
            notices.post(TOPIC, SettingsDigest.write(SettingsDigest.of(configurations.all())));
        } catch (RuntimeException e) {
            LOG.warn("Other hosts are not told which settings this one has in force: {}", e.getMessage());
        }
    }
}
