// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.JobId;
import io.jobyard.api.PlannedFire;
import io.jobyard.api.ScheduleManager;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.ScheduleStatus;
import io.jobyard.spi.access.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The schedule manager of one caller. */
class ClientScheduleManager implements ScheduleManager {

    private final Caller caller;
    private final ScheduleOperations operations;

    ClientScheduleManager(Caller caller, ScheduleOperations operations) {
        this.caller = caller;
        this.operations = operations;
    }

    @Override
    public List<ScheduleStatus> schedules() {
        return operations.schedules(caller);
    }

    @Override
    public ScheduleStatus add(ScheduleSpecification specification) {
        return operations.add(specification, caller);
    }

    @Override
    public ScheduleStatus change(ScheduleSpecification specification) {
        return operations.change(specification, caller);
    }

    @Override
    public void pause(String name, @Nullable String reason, @Nullable Instant until) {
        operations.pause(name, reason, until, caller);
    }

    @Override
    public void resume(String name) {
        operations.resume(name, caller);
    }

    @Override
    public JobId run(String name) {
        return operations.run(name, caller);
    }

    @Override
    public void remove(String name) {
        operations.remove(name, caller);
    }

    @Override
    public List<PlannedFire> preview(String name, int most) {
        return operations.preview(name, most, caller);
    }

    @Override
    public List<PlannedFire> preview(ScheduleSpecification specification, int most) {
        return operations.preview(specification, most, caller);
    }

    @Override
    public int backfill(String name, Instant from, Instant to) {
        return operations.backfill(name, from, to, caller);
    }

    @Override
    public ScheduleManager as(String user) {
        return new ClientScheduleManager(operations.as(user, caller), operations);
    }
}
