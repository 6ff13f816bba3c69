// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.greeting;

import io.jobyard.operations.api.AgentTool;
import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.OperationProvider;
import io.jobyard.operations.api.OperationResult;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.views.api.View;
import java.util.List;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Adds an operation to the host. */
public final class Greetings implements BundleActivator {

    private static final View<String> GREETING =
            View.<String>of("greeting", "A greeting.").text("greeting", "the words", words -> words);

    @Override
    public void start(BundleContext context) {
        OperationProvider provider = () -> List.of(Operation.get("/greetings/{name}", "greet")
                .says("Greets a guest.")
                .needs(AccessRule.OVERVIEW)
                .takes(
                        Input.text("name", "the guest").mandatory(),
                        Input.whole("times", "repetitions", 1, 3).mandatory())
                .answers(200, GREETING)
                .tool(AgentTool.reading("greet", "Greet"))
                .by(call -> OperationResult.of(
                        GREETING,
                        ("hello " + call.inputs().needed("name") + " ")
                                .repeat(call.inputs().number("times", 1))
                                .strip())));
        context.registerService(OperationProvider.class, provider, null);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the service back.
    }
}
