// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.schedules.ScheduleManagers;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Schedules of a host: the operations on them, and their times. It has no thread: {@link #turn} performs what is due. Safe for use by
 * several threads, except that only one may call {@code turn}.
 */
public class Schedules implements ScheduleManagers, CommitListener {

    private final ScheduleServices services;
    private final Access access;
    private final Supplier<Configured> files;
    final ScheduleEngine engine;

    Schedules(ScheduleServices services, Access access, ScheduleEvents events, Supplier<Configured> files) {
        this.services = services;
        this.access = access;
        this.files = files;
        engine = new ScheduleEngine(services, events, files, this::wake);
    }

    /** Creates the schedules of a host without configuration files. */
    public static Schedules withoutFiles(ScheduleServices services, Access access) {
        return new Schedules(services, access, new ScheduleEvents(), () -> Configured.NONE);
    }

    /** Called by any thread when work is due earlier than the time that the last turn returned. */
    void wake() {}

    /** Performs what is due. Returns the time of the next action; null if none is known. */
    public @Nullable Instant turn() {
        return engine.turn();
    }

    @Override
    public ScheduleOperations of(Caller caller) {
        return new ScheduleOperations(services, access, files, caller);
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        engine.opened(); // hosts are reported later, and the leader reads the schedules itself
    }

    @Override
    public void hosts(Hosts hosts) {
        engine.follow(hosts.isLeader());
    }

    @Override
    public void committed(List<Committed> changes) {
        changes.forEach(engine::changed);
    }

    @Override
    public void scheduled(String schedule) {
        engine.scheduled(schedule);
    }
}
