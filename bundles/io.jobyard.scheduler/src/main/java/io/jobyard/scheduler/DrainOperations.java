// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.api.spi.Access;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.Futures;
import io.jobyard.api.spi.Operation;
import io.jobyard.api.spi.auditing.AuditStore;
import io.jobyard.api.spi.hosting.HostDrain;
import io.jobyard.api.spi.hosting.HostLife;
import io.jobyard.api.spi.hosting.HostStore;
import io.jobyard.api.spi.hosting.Hosts;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets this host finish what it runs and start nothing more, or start jobs again. Safe for use by several threads. */
final class DrainOperations {

    private final HostStore hosts;
    private final HostDrain drain;
    private final AuditStore audit;
    private final Access access;
    private final Clock clock;

    DrainOperations(HostStore hosts, HostDrain drain, AuditStore audit, Access access, Clock clock) {
        this.hosts = hosts;
        this.drain = drain;
        this.audit = audit;
        this.access = access;
        this.clock = clock;
    }

    void begin(@Nullable String name, Caller caller) {
        access.require(caller, Operation.DRAIN);
        HostLife host = thisOne(name);
        if (drain.drain(true)) {
            Futures.join(audit.append(AuditEntries.drain(caller, clock.instant(), host.host(), true)));
        }
    }

    void end(@Nullable String name, Caller caller) {
        access.require(caller, Operation.DRAIN);
        HostLife host = thisOne(name);
        if (!drain.drain(false)) {
            throw new StateConflictException("host " + host.host() + " does not drain");
        }
        Futures.join(audit.append(AuditEntries.drain(caller, clock.instant(), host.host(), false)));
    }

    private HostLife thisOne(@Nullable String name) {
        Hosts now = hosts.hosts();
        List<HostLife> called = now.living().stream()
                .filter(host -> name == null ? host.incarnation().equals(now.self()) : isCalled(host, name))
                .toList();
        if (called.size() != 1) {
            String all = now.living().stream().map(HostLife::host).collect(Collectors.joining(", "));
            throw new ValidationException((called.isEmpty() ? "no host is called " : "several hosts are called ") + name
                    + ": use one of " + all);
        }
        HostLife host = called.get(0);
        if (!host.incarnation().equals(now.self())) {
            throw new StateConflictException(
                    "host " + host.host() + " is another than this one: drain it from its own instance");
        }
        return host;
    }

    private static boolean isCalled(HostLife host, String name) {
        return host.host().equals(name) || host.host().startsWith(name + ":");
    }
}
