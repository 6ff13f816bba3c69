// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.faults;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.StoreException;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.JobStore;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The store's services, whose calls are watched. */
final class WatchedStore {

    /** What is asked for changes. */
    static final List<Class<?>> CONTRACTS = List.of(JobStore.class, LimitStore.class, AuditStore.class);

    private WatchedStore() {}

    static <T> T of(Class<T> contract, T store, Trap trap) {
        return WatchedSource.watched(contract, (proxy, method, arguments) -> {
            if (trap.springs(Step.CALLED, rows(method, arguments))) {
                throw new StoreException("the call is refused, as a test wanted it", null);
            }
            return WatchedSource.call(store, method, arguments);
        });
    }

    /** What a call will send: each that changes anything answers with a future. */
    private static List<Sent> rows(Method method, Object[] arguments) {
        if (method.getReturnType() != CompletableFuture.class) {
            return List.of();
        }
        return switch (method.getName()) {
            case "admit" ->
                ((List<?>) arguments[0])
                        .stream().map(job -> moved(((AdmittedJob) job).event())).toList();
            case "move" -> rows((Move) arguments[0]);
            case "claim" -> List.of(Sent.move(HistoryEvent.HOST, "queued", "running", null));
            case "released" -> List.of(Sent.of("DELETE FROM release_marker"));
            case "log" -> List.of(Sent.of("INSERT INTO job_log"));
            case "remember" -> List.of(Sent.of("limit_level"));
            case "pause" -> List.of(Sent.of("INSERT INTO queue_pause"));
            case "resume" -> List.of(Sent.of("DELETE FROM queue_pause"));
            case "append" -> List.of(Sent.of("INSERT INTO audit"));
            case "cut" -> List.of(Sent.of("DELETE FROM audit "));
            case "served" -> List.of(Sent.of("INSERT INTO handler_type"));
            default -> List.of(Sent.of(method.getName())); // which no point knows
        };
    }

    private static List<Sent> rows(Move move) {
        List<Sent> rows = new ArrayList<>();
        HistoryEvent event = move.event();
        if (event != null) {
            rows.add(moved(event));
        }
        if (event == null || !move.edges().released().isEmpty()) {
            rows.add(Sent.of("DELETE FROM edge"));
        }
        return rows;
    }

    private static Sent moved(HistoryEvent event) {
        return Sent.move(
                event.who(),
                event.from() == null ? null : event.from().text(),
                event.to().text(),
                event.reason() == null ? null : event.reason().text());
    }
}
