// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.api.Finding;
import io.jobyard.api.spi.Examiner;
import io.jobyard.settings.api.Instance;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Reports when changed configurations reach nobody: an interrupt ends the threads of Config Admin, and nothing starts them
 * again while its bundle runs.
 */
@Component
public final class ConfigAdminThreads implements Examiner {

    /** A busy thread adds its task in brackets. */
    private static final List<String> CONFIG_ADMIN = List.of("CM Configuration Updater", "CM Event Dispatcher");

    private final List<String> expected;

    @Activate
    public ConfigAdminThreads(@Reference Instance instance) {
        this(instance.isNamed() ? CONFIG_ADMIN : List.of()); // another host's Config Admin is not our concern
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
                        "changes in etc/ do not reach who reads them: the threads " + String.join(", ", ended)
                                + " have ended, because somebody interrupted them",
                        "restart the host; jobs go on until then"));
    }

    private static boolean is(String name, String thread) {
        return thread.equals(name) || thread.startsWith(name + " (");
    }

    private static Set<String> names() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] threads = new Thread[all.activeCount() * 2 + 16]; // some may begin meanwhile
        int count = all.enumerate(threads);
        Set<String> names = new HashSet<>();
        for (int n = 0; n < count; n++) {
            names.add(threads[n].getName());
        }
        return names;
    }
}
