// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.worker.ResultSchema;
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
            String type = run.job.job().type();
            String schema = run.host.engine.life().resultSchema(type).orElse(null);
            if (schema == null) {
                return;
            }
            String file = "of results of " + type;
            List<String> problems = ResultSchema.problems(file, schema, run.job.resultText());
            if (!problems.isEmpty()) {
                throw new AssertionError(
                        run.example + ": the result " + run.job.resultText() + " does not match the schema " + file
                                + ": " + String.join("; ", problems) + "; fix the handler, or its schema");
            }
        }
    }
}
