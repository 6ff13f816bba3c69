// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.spi.AuditEntry;
import io.jobyard.api.spi.JobRepository;
import java.time.Clock;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Says in the audit which configurations were changed; not what they hold, which may be a password. */
@Component(service = ConfigurationListener.class, immediate = true)
public final class ConfigurationAudit implements ConfigurationListener {

    private static final String OURS = "io.jobyard.";

    private final JobRepository repository;
    private final Clock clock;

    @Activate
    public ConfigurationAudit(@Reference JobRepository repository, @Reference Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        boolean isDeleted = event.getType() == ConfigurationEvent.CM_DELETED;
        if (event.getPid().startsWith(OURS) && (isDeleted || event.getType() == ConfigurationEvent.CM_UPDATED)) {
            String detail = isDeleted ? "deleted" : "updated";
            repository.audit(new AuditEntry(clock.instant(), HistoryEvent.HOST, "configure", event.getPid(), detail));
        }
    }
}
