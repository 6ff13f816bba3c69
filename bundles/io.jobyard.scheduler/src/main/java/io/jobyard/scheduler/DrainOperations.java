// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.text.Spelling;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts and ends drains of hosts. */
final class DrainOperations {

    private final HostStore hosts;
    private final Access access;
    private final Clock clock;

    DrainOperations(HostStore hosts, Access access, Clock clock) {
        this.hosts = hosts;
        this.access = access;
        this.clock = clock;
    }

    void begin(@Nullable String name, Caller caller) {
        access.require(caller, AccessRule.DRAIN);
        ask(find(name), caller, true);
    }

    void end(@Nullable String name, Caller caller) {
        access.require(caller, AccessRule.DRAIN);
        HostIncarnation host = find(name);
        if (!ask(host, caller, false)) {
            throw new StateConflictException("host " + host.host() + " is not draining");
        }
    }

    private boolean ask(HostIncarnation host, Caller caller, boolean drains) {
        return Futures.join(hosts.askToDrain(
                host.incarnation(), drains, AuditEntries.drain(caller, clock.instant(), host.host(), drains)));
    }

    private HostIncarnation find(@Nullable String name) {
        Hosts now = hosts.hosts();
        List<HostIncarnation> called = now.living().stream()
                .filter(host -> name == null ? host.incarnation().equals(now.self()) : isCalled(host, name))
                .toList();
        if (called.size() != 1) {
            List<String> all = now.living().stream().map(HostIncarnation::host).toList();
            throw new ValidationException((called.isEmpty()
                            ? "unknown host " + name + Spelling.hint(String.valueOf(name), all)
                            : "several hosts have the name " + name)
                    + "; use one of " + String.join(", ", all));
        }
        return called.get(0);
    }

    private static boolean isCalled(HostIncarnation host, String name) {
        return host.host().equals(name) || host.host().startsWith(name + ":");
    }
}
