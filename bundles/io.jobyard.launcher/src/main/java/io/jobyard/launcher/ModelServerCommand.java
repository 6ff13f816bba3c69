// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import io.jobyard.modelserver.ModelScript;
import io.jobyard.modelserver.ModelServer;
import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "model-server",
        description =
                "Answer on this machine as a provider of models does, until it is ended: to try endpoints without cost. It takes"
                        + " any key and any model, in the forms of OpenAI and Anthropic, and answers with first sentences.")
final class ModelServerCommand implements Callable<Integer> {

    @Option(names = "--port", paramLabel = "N", description = "Its port; a free one if left out.", defaultValue = "0")
    private int port;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (ModelServer server = start()) {
            System.out.println("a model answers at " + server.url() + ", for any key, until this is ended");
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private ModelServer start() throws IOException {
        if (port < 0 || port > 65_535) {
            throw new LaunchException("--port " + port + " is refused: use 1 to 65535");
        }
        try {
            return ModelServer.start(port, ModelScript.summary());
        } catch (BindException e) {
            throw new LaunchException("port " + port + " is taken: name another one with --port");
        }
    }
}
