// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.pipeline;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.handler.Callback;
import io.jobyard.api.handler.ChildJob;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Component;

/**
 * Twenty steps, a sleep, a signal, a callback and five children. It notes each piece of work in a file that the host knows nothing of, and
 * ends the process at a point that its payload names, the first time that it comes there.
 */
@Component
@HandlesJob("pipeline")
public final class Pipeline implements JobHandler {

    private static final int STEPS = 20;
    /** How much each step uses, one by one. */
    public static final int USES = 10;

    /** After each fourth step but the last it waits. */
    private static final int WAITS_AFTER = 4;

    private static final Duration LONG = Duration.ofHours(1);

    /** All points, in the order in which a run that nothing cuts short comes to them. */
    public static List<String> points() {
        List<String> points = new ArrayList<>(List.of("begin"));
        for (int n = 1; n <= STEPS; n++) {
            points.add("in step " + n);
            points.add("after step " + n);
            if (n % WAITS_AFTER == 0 && n < STEPS) {
                points.add("after wait " + n / WAITS_AFTER);
            }
        }
        points.add("end");
        return points;
    }

    @Override
    public Map<String, Object> handle(JobContext context) throws Exception {
        Payload payload = context.payload(Payload.class);
        dieAt("begin", payload);
        int sum = 0;
        for (int n = 1; n <= STEPS; n++) {
            int value = n;
            sum += context.step("step " + n, Integer.class, () -> {
                use(context, value);
                return work(payload, "step " + value, value);
            });
            dieAt("after step " + n, payload);
            if (n % WAITS_AFTER == 0 && n < STEPS) {
                sum += waitFor(n / WAITS_AFTER, context, payload);
                dieAt("after wait " + n / WAITS_AFTER, payload);
            }
            context.emit("after step " + n + "\n");
        }
        dieAt("end", payload);
        return Map.of("sum", sum);
    }

    private static int waitFor(int which, JobContext context, Payload payload) {
        return switch (which) {
            case 1 -> {
                context.sleep(Duration.ofMillis(300));
                yield 0;
            }
            case 2 -> context.signal("go", Integer.class, LONG).orElseThrow();
            case 3 -> answer(context, payload);
            default -> children(context);
        };
    }

    /** Of a unit of the step's own, so that the use of each can be told. */
    private static void use(JobContext context, int step) {
        for (int n = 0; n < USES; n++) {
            context.used("step." + step, 1);
        }
    }

    private static int work(Payload payload, String what, int value) throws IOException {
        try (OutputStream file = new FileOutputStream(payload.notes(), true)) {
            file.write((what + "\n").getBytes(StandardCharsets.UTF_8));
        }
        dieAt("in " + what, payload);
        return value;
    }

    private static int answer(JobContext context, Payload payload) {
        Callback callback = context.callback(LONG);
        try {
            Files.writeString(Path.of(payload.token()), callback.token());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return callback.await(Integer.class).orElseThrow();
    }

    private static int children(JobContext context) {
        List<JobSpecification> jobs = IntStream.rangeClosed(1, 5)
                .mapToObj(n -> JobSpecification.type("echo")
                        .payload(Map.of("value", n))
                        .label("parent", context.job().id().toString())
                        .build())
                .toList();
        return context.children(jobs).stream()
                .map((ChildJob child) -> child.result(Value.class))
                .mapToInt(Value::value)
                .sum();
    }

    record Value(int value) {}

    record Payload(String notes, String token, String die) {}

    private static void dieAt(String point, Payload payload) throws IOException {
        if (point.equals(payload.die())) {
            try {
                Files.createFile(Path.of(payload.notes() + ".died"));
            } catch (FileAlreadyExistsException e) {
                return; // it has
            }
            Runtime.getRuntime().halt(137);
        }
    }
}
