// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.worker.ResultSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Checks that the result of an example matches its schema, if there is one. */
final class ResultProof {

    private final Supplier<HandlerExample> examples;

    ResultProof(Supplier<HandlerExample> examples) {
        this.examples = examples;
    }

    void prove() {
        try (ExampleRun run = new ExampleRun(examples.get(), host -> {}).completed()) {
            String file = "OSGI-INF/jobs/" + run.job.job().type() + ".result.schema.json";
            URL schema = run.made.get(0).getClass().getClassLoader().getResource(file);
            if (schema == null) {
                return;
            }
            List<String> problems = ResultSchema.problems(file, text(schema), run.job.resultText());
            if (!problems.isEmpty()) {
                throw new AssertionError(run.example + ": the result " + run.job.resultText() + " is not as " + file
                        + " says: " + String.join("; ", problems) + "; mend the handler, or the schema");
            }
        }
    }

    private static String text(URL file) {
        try (InputStream in = file.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
