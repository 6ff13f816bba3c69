// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.handler.Callback;
import io.jobyard.api.handler.ChildJob;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Has steps and waits of each kind. */
@HandlesJob("trip")
final class Trip implements JobHandler {

    /** The other side, which knows again what it has done. */
    static final class Office {
        final Map<String, String> booked = new ConcurrentHashMap<>();
        volatile String token = "";

        /** What every example of it needs. */
        static JobHandler hotel() {
            return context -> Map.of("hotel", "at " + context.payload().get("place"));
        }
    }

    private final Office office;

    Trip(Office office) {
        this.office = office;
    }

    @Override
    public Map<String, Object> handle(JobContext context) throws Exception {
        String plan = context.step(
                "plan", String.class, () -> "plan of " + context.payload().get("to"));
        List<Integer> prices = context.steps(
                Stream.of("train", "plane")
                        .map(way -> Step.of("price " + way, Integer.class, way::length))
                        .toList(),
                2);
        if (context.signal("approved", Boolean.class, Duration.ofDays(1)).isEmpty()) {
            return Map.of("plan", plan, "approved", false);
        }
        context.sleep(Duration.ofHours(1));
        List<String> hotels = context
                .children(Stream.of("Rome", "Bari")
                        .map(position -> JobSpecification.type("hotel")
                                .payload(Map.of("place", position))
                                .build())
                        .toList())
                .stream()
                .map(Trip::name)
                .toList();
        Callback paid = context.callback(Duration.ofDays(1));
        context.step("ask", Void.class, () -> {
            office.token = paid.token();
            return null;
        });
        String receipt = paid.await(String.class).orElse("unpaid");
        context.step("book", Void.class, () -> {
            office.booked.put("book " + context.job().id(), plan);
            return null;
        });
        return Map.of("plan", plan, "prices", prices, "hotels", hotels, "receipt", receipt);
    }

    private static String name(ChildJob job) {
        return (String) job.result(Map.class).get("hotel");
    }
}
