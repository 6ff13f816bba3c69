// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.settings.api.NamedSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Registry of the schedules and calendars that files define, each of which is a component. Returns snapshots. */
@Component(service = ScheduleFiles.class)
public final class ScheduleFiles {

    private final Map<ConfiguredSchedule, Runnable> schedules = new ConcurrentHashMap<>();
    private final Map<ConfiguredCalendar, Runnable> calendars = new ConcurrentHashMap<>();
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

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindCalendar(ConfiguredCalendar calendar) {
        calendars.put(calendar, calendar.onChange(changed -> tell()));
        tell();
    }

    void unbindCalendar(ConfiguredCalendar calendar) {
        Objects.requireNonNull(calendars.remove(calendar)).run();
        tell();
    }

    /** Returns all by name. A schedule whose file has never been valid creates no jobs; such a calendar is closed. */
    Configured current() {
        return new Configured(current(schedules.keySet()), current(calendars.keySet()));
    }

    private static <T> Map<String, T> current(Set<? extends NamedSettings<T>> files) {
        Map<String, T> all = new HashMap<>();
        files.forEach(each -> all.put(each.name().shown(), each.current()));
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
