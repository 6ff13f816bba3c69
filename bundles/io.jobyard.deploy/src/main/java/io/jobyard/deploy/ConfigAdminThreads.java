// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.Instance;
import io.jobyard.spi.Examiner;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Finding for changed configurations without effect: an interrupt ends Config Admin's threads, and they start again
 * only with its bundle.
 */
@Component
public final class ConfigAdminThreads implements Examiner {

    /** A busy thread adds its task in brackets. */
    private static final List<String> CONFIG_ADMIN = List.of("CM Configuration Updater", "CM Event Dispatcher");

    private final List<String> expected;

    @Activate
    public ConfigAdminThreads(@Reference Instance instance) {
        this(instance.isNamed() ? CONFIG_ADMIN : List.of()); // another host's Config Admin is irrelevant
    }

    ConfigAdminThreads(List<String> expected) {
        this.expected = expected;
    }

    @Override
    public List<Finding> examine() {
        Set<String> alive = names();
        List<String> ended = expected.stream()
                .filter(name -> alive.stream().noneMatch(thread -> is(name, thread)))
                .toList();
        return ended.isEmpty()
                ? List.of()
                : List.of(new Finding(
                        Finding.CONFIGURATION,
                        "changes in etc/ have no effect: the threads " + String.join(", ", ended)
                                + " were interrupted and have ended",
                        "restart the host; jobs continue until then"));
    }

    private static boolean is(String name, String thread) {
        return thread.equals(name) || thread.startsWith(name + " (");
    }

    private static Set<String> names() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull) // a thread that has just ended
                .map(ThreadInfo::getThreadName)
                .collect(Collectors.toSet());
    }
}
