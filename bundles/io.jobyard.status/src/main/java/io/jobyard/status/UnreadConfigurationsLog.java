// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Finding;
import io.jobyard.spi.StatusReporters;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns at the start, and at each change, of configurations that no component reads. */
@Component(service = ConfigurationListener.class, immediate = true)
public final class UnreadConfigurationsLog implements ConfigurationListener {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadConfigurationsLog.class);

    private final UnreadConfigurations unread;

    /** Waits for the status reporter, and therefore for all bundles that read a configuration. */
    @Activate
    public UnreadConfigurationsLog(@Reference UnreadConfigurations unread, @Reference StatusReporters after) {
        this.unread = unread;
        unread.examine().forEach(UnreadConfigurationsLog::warn);
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (event.getType() == ConfigurationEvent.CM_UPDATED) {
            unread.examine(event.getPid(), event.getFactoryPid()).forEach(UnreadConfigurationsLog::warn);
        }
    }

    private static void warn(Finding finding) {
        LOG.warn("{}: {}; {}", finding.subject(), finding.problem(), finding.fix());
    }
}
