// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.tricky;

import io.jobyard.api.handler.Callback;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.osgi.service.component.annotations.Component;

/** Says what it is told wherever a handler can say something. */
@Component
@HandlesJob("tricky")
public final class Tricky implements JobHandler {

    @Override
    public Map<String, Object> handle(JobContext context) throws Exception {
        Payload told = context.payload(Payload.class);
        for (int n = 0; n < told.pieces(); n++) {
            context.emit("piece " + n + " " + "x".repeat(90) + "\n");
        }
        for (String text : told.texts()) {
            context.log(text);
            context.emit(text + "\n");
            context.progress(1, 2, text);
            context.step(text, String.class, () -> text);
        }
        String last = told.texts().get(told.texts().size() - 1);
        switch (told.end()) {
            case "error" -> throw new IllegalArgumentException(last);
            case "never" -> new CountDownLatch(1).await(); // until it is cancelled
            case "answer" -> {
                Callback callback = context.callback(Duration.ofHours(1));
                context.log("token " + callback.token());
                return Map.of("answer", callback.await(String.class).orElse("none"));
            }
            default -> {}
        }
        return Map.of(last, last);
    }

    /** What it is told. */
    public record Payload(List<String> texts, String end, int pieces) {}
}
