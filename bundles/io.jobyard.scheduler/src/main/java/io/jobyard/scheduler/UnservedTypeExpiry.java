// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.spi.cluster.HostHandler;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.handlers.HandlerInfo;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.spi.queue.ReadyLanes;
import io.jobyard.spi.store.Futures;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds types that jobs wait for although no handler has ever served them, and whose grace period has ended. The period counts only while
 * the host runs, independent of the wall clock. Only for one thread.
 */
final class UnservedTypeExpiry {

    private final LimitStore limits;
    private final HandlerCatalog handlers;
    private final ReadyLanes queue;
    private final Supplier<SchedulerSettings> settings;
    private final LongSupplier ticker;
    private final Map<String, Long> missingSince = new HashMap<>();
    private @Nullable Set<String> served;
    private volatile Set<String> offered = Set.of();
    /** Restarts the periods, because another host was the leader meanwhile, and may have seen other handlers. */
    private volatile boolean interrupted;

    UnservedTypeExpiry(
            LimitStore limits,
            HandlerCatalog handlers,
            ReadyLanes queue,
            Supplier<SchedulerSettings> settings,
            LongSupplier ticker) {
        this.limits = limits;
        this.handlers = handlers;
        this.queue = queue;
        this.settings = settings;
        this.ticker = ticker;
    }

    /** Adds the handlers of other hosts. Safe for all threads. */
    void hosts(Hosts hosts) {
        offered = hosts.living().stream()
                .flatMap(host -> host.offer().handlers().stream())
                .map(HostHandler::type)
                .collect(Collectors.toUnmodifiableSet());
        interrupted |= !hosts.isLeader();
    }

    /** Returns the lanes of unknown types whose grace period has ended. */
    List<LaneKey> over() {
        if (interrupted) {
            interrupted = false;
            served = null;
            missingSince.clear();
        }
        long now = ticker.getAsLong();
        Set<String> unknown = new HashSet<>(queue.queuedByType().keySet());
        unknown.removeAll(known());
        missingSince.keySet().retainAll(unknown);
        unknown.forEach(type -> missingSince.putIfAbsent(type, now));
        long grace = TimeUnit.SECONDS.toNanos(settings.get().handlerGraceSeconds());
        if (grace == 0) {
            return List.of();
        }
        unknown.removeIf(type -> now - missingSince.getOrDefault(type, now) < grace);
        return unknown.isEmpty() ? List.of() : lanesOf(unknown);
    }

    private List<LaneKey> lanesOf(Set<String> types) {
        return queue.all().stream()
                .map(LaneView::lane)
                .filter(lane -> types.contains(lane.type()))
                .toList();
    }

    private Set<String> known() {
        Set<String> known = served;
        if (known == null) {
            known = new HashSet<>(limits.servedTypes());
            served = known;
        }
        Set<String> fresh = new HashSet<>(offered);
        handlers.handlers().stream().map(HandlerInfo::type).forEach(fresh::add);
        fresh.removeAll(known);
        if (!fresh.isEmpty()) {
            Futures.join(limits.served(fresh));
            known.addAll(fresh);
        }
        return known;
    }
}
