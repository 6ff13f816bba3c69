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
                "Run a fake model provider on this machine, to test endpoints without costs, until you stop it. It accepts"
                        + " any key and any model, through the OpenAI and Anthropic APIs, and answers with first sentences.")
final class ModelServerCommand implements Callable<Integer> {

    @Option(names = "--port", paramLabel = "N", description = "Port number. Default: a free port.", defaultValue = "0")
    private int port;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (ModelServer server = start()) {
            System.out.println("model server running at " + server.url() + " (any key); press Ctrl-C to stop it");
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private ModelServer start() throws IOException {
        if (port < 0 || port > 65_535) {
            throw new LaunchException("--port " + port + " is out of range: use 1 to 65535");
        }
        try {
            return ModelServer.start(port, ModelScript.summary());
        } catch (BindException e) {
            throw new LaunchException("port " + port + " is already in use: set another port with --port");
        }
    }
}
