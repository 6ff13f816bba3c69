// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Registry of the schedules that files define, each of which is a component. Returns snapshots. */
@Component(service = ScheduleFiles.class)
public final class ScheduleFiles {

    private final Map<ConfiguredSchedule, Runnable> schedules = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(ConfiguredSchedule schedule) {
        schedules.put(schedule, schedule.onChange(changed -> tell()));
        tell();
    }

    void unbind(ConfiguredSchedule schedule) {
        Objects.requireNonNull(schedules.remove(schedule)).run();
        tell();
    }

    /** Returns the schedules by name. A schedule whose file has never been valid creates no jobs. */
    Map<String, ScheduleSettings> current() {
        Map<String, ScheduleSettings> all = new HashMap<>();
        schedules.keySet().forEach(each -> all.put(each.name().shown(), each.current()));
        return all;
    }

    /** Adds a listener for changes. It is called on the thread of the change. */
    Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }
}
