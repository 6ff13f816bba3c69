// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.faults;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.StoreException;
import io.jobyard.api.spi.AdmittedJob;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.Move;
import java.util.List;
import java.util.Map;

/** The store's service, whose calls are watched. */
final class WatchedRepository {

    private WatchedRepository() {}

    static JobRepository of(JobRepository repository, Trap trap) {
        return WatchedSource.watched(JobRepository.class, (proxy, method, arguments) -> {
            if (trap.springs(Step.CALLED, rows(method.getName(), arguments))) {
                throw new StoreException("the call is refused, as a test wanted it", null);
            }
            return WatchedSource.call(repository, method, arguments);
        });
    }

    /** What a call will send. */
    private static List<Sent> rows(String method, Object[] arguments) {
        return switch (method) {
            case "admit" ->
                ((List<?>) arguments[0])
                        .stream()
                                .map(job -> history(((AdmittedJob) job).event()))
                                .toList();
            case "move" -> {
                HistoryEvent event = ((Move) arguments[0]).event();
                yield event == null ? List.of() : List.of(history(event));
            }
            case "released" -> List.of(new Sent("DELETE FROM edge", Map.of()));
            case "log" -> arguments.length == 2 ? List.of(new Sent("INSERT INTO job_log", Map.of())) : List.of();
            case "levels" -> arguments != null ? List.of(new Sent("limit_level", Map.of())) : List.of();
            case "pause" -> List.of(new Sent("INSERT INTO queue_pause", Map.of()));
            default -> List.of();
        };
    }

    private static Sent history(HistoryEvent event) {
        return Sent.history(
                event.who(),
                event.from() == null ? null : event.from().text(),
                event.to().text(),
                event.reason() == null ? null : event.reason().text());
    }
}
