// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Finding;
import io.jobyard.api.spi.Examiner;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Finds configurations below {@code io.jobyard.} that no component reads: mostly a file whose name is misspelt. */
@Component(service = {UnreadConfigurations.class, Examiner.class})
public final class UnreadConfigurations implements Examiner {

    private static final String OURS = "io.jobyard.";

    private final ConfigurationAdmin admin;
    private final ServiceComponentRuntime components;

    @Activate
    public UnreadConfigurations(@Reference ConfigurationAdmin admin, @Reference ServiceComponentRuntime components) {
        this.admin = admin;
        this.components = components;
    }

    @Override
    public List<Finding> examine() {
        try {
            Configuration[] all = admin.listConfigurations("(service.pid=" + OURS + "*)");
            return all == null
                    ? List.of()
                    : Arrays.stream(all)
                            .flatMap(one -> unread(one.getPid(), one.getFactoryPid()))
                            .toList();
        } catch (IOException | InvalidSyntaxException e) {
            return List.of(new Finding(Finding.CONFIGURATION, "cannot be listed: " + e.getMessage(), "see the log"));
        }
    }

    Stream<Finding> unread(String pid, @Nullable String factoryPid) {
        Set<String> read = readPids();
        return pid.startsWith(OURS) && !read.contains(factoryPid == null ? pid : factoryPid)
                ? Stream.of(
                        new Finding(pid, "nobody reads this configuration", "use one of " + String.join(", ", read)))
                : Stream.empty();
    }

    /** A component that names no PID has its own name for one; nobody configures those. */
    private Set<String> readPids() {
        return components.getComponentDescriptionDTOs().stream()
                .flatMap(component -> Arrays.stream(component.configurationPid)
                        .filter(pid -> pid.startsWith(OURS) && !pid.equals(component.name)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
