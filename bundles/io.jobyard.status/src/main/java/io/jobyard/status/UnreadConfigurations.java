// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.SettingsReader;
import io.jobyard.settings.api.StoredConfiguration;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.text.Spelling;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Finds configurations with a name like Jobyard's that no component reads, usually a file with a misspelt name. */
@Component(service = {UnreadConfigurations.class, Examiner.class})
public final class UnreadConfigurations implements Examiner {

    private static final String OURS = "io.jobyard.";
    private static final Pattern LIKE_OURS = Pattern.compile("(?i)(io\\.)?jobyard\\..*");

    private final ConfigurationAdmin admin;
    private final ServiceComponentRuntime components;
    /** PIDs that components read at the last examination. */
    private volatile Set<String> lastRead = Set.of();

    @Activate
    public UnreadConfigurations(@Reference ConfigurationAdmin admin, @Reference ServiceComponentRuntime components) {
        this.admin = admin;
        this.components = components;
    }

    @Override
    public List<Finding> examine() {
        return matching(null);
    }

    /**
     * Examines a changed configuration. Skips configurations that a component has read before, because almost all of
     * many files are of this kind.
     */
    List<Finding> examine(String pid, @Nullable String factory) {
        return lastRead.contains(factory == null ? pid : factory)
                ? List.of()
                : matching("(service.pid=" + pid.replaceAll("([\\\\*()])", "\\\\$1") + ")");
    }

    private List<Finding> matching(@Nullable String filter) {
        try {
            List<StoredConfiguration> all = StoredConfiguration.list(admin, filter);
            Set<String> read = readPids();
            lastRead = read;
            return all.stream().flatMap(one -> unread(one, read)).toList();
        } catch (IOException e) {
            return List.of(new Finding(Finding.CONFIGURATION, "cannot be listed: " + e.getMessage(), "see the log"));
        }
    }

    private static Stream<Finding> unread(StoredConfiguration configuration, Set<String> read) {
        String pid = configuration.pid();
        String factory = configuration.factory();
        Object misnamed = configuration.raw().get(SettingsReader.MISNAMED);
        if (read.contains(factory == null ? pid : factory)
                || misnamed == null && !LIKE_OURS.matcher(pid).matches()) {
            return Stream.empty();
        }
        return Stream.of(
                misnamed == null
                        ? new Finding(
                                pid,
                                "no bundle reads this configuration"
                                        + Spelling.hint(factory == null ? pid : factory, read),
                                "use one of " + String.join(", ", read))
                        : new Finding(pid, misnamed.toString(), "rename the file, or remove it"));
    }

    /**
     * Returns the PIDs that components read. Excludes PIDs that equal the name of their component: such a component declares no PID, and
     * users do not configure it.
     */
    private Set<String> readPids() {
        return components.getComponentDescriptionDTOs().stream()
                .flatMap(component -> Arrays.stream(component.configurationPid)
                        .filter(pid -> pid.startsWith(OURS) && !pid.equals(component.name)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
