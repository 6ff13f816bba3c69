// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Finding;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.spi.Examiner;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds configurations below {@code io.jobyard.} that nobody reads: mostly a file whose name is misspelt. */
@Component(
        service = {ConfigurationListener.class, Examiner.class},
        immediate = true)
public final class UnreadConfigurations implements ConfigurationListener, Examiner {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadConfigurations.class);
    private static final String OURS = "io.jobyard.";

    private final ConfigurationAdmin admin;
    private final Examiners examiners;

    /** Comes after the status reporter, and so after all who read a configuration. */
    @Activate
    public UnreadConfigurations(
            @Reference ConfigurationAdmin admin, @Reference Examiners examiners, @Reference StatusReporter after) {
        this.admin = admin;
        this.examiners = examiners;
        examine().forEach(finding -> LOG.warn("{}: {}; {}", finding.subject(), finding.problem(), finding.fix()));
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        String pid = event.getPid();
        if (event.getType() == ConfigurationEvent.CM_UPDATED && isUnread(pid)) {
            Finding finding = finding(pid);
            LOG.warn("{}: {}; {}", finding.subject(), finding.problem(), finding.fix());
        }
    }

    @Override
    public List<Finding> examine() {
        try {
            Configuration[] all = admin.listConfigurations("(service.pid=" + OURS + "*)");
            return all == null
                    ? List.of()
                    : Arrays.stream(all)
                            .map(Configuration::getPid)
                            .filter(Objects::nonNull)
                            .filter(this::isUnread)
                            .map(this::finding)
                            .toList();
        } catch (IOException | InvalidSyntaxException e) {
            return List.of(new Finding("configuration", "cannot be listed: " + e.getMessage(), "see the log"));
        }
    }

    private boolean isUnread(String pid) {
        return pid.startsWith(OURS) && !examiners.pids().contains(pid);
    }

    private Finding finding(String pid) {
        return new Finding(
                pid,
                "nobody reads this configuration",
                "use one of " + String.join(", ", new TreeSet<>(examiners.pids())));
    }
}
