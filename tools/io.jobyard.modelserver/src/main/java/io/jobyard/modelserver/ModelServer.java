// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/**
 * Local server with the REST interfaces of model providers: {@code /v1/chat/completions}, {@code /v1/embeddings} and
 * {@code /v1/models} in the OpenAI format, {@code /v1/messages} in the Anthropic format. A script determines its
 * answers and faults. It accepts any key.
 */
public final class ModelServer implements AutoCloseable {

    private static final int BACKLOG = 1024;

    private final HttpServer http;
    private final ExecutorService threads;
    private final Account account = new Account();
    private final CountDownLatch closed = new CountDownLatch(1);

    private ModelServer(int port, ModelScript script, ToIntFunction<String> tokens, List<String> models)
            throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "model-server-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        PromptCount count = new PromptCount(tokens);
        http.createContext("/v1/chat/completions", desk(new OpenAiChat(), script, count));
        http.createContext("/v1/embeddings", desk(new OpenAiEmbeddings(), script, count));
        http.createContext("/v1/messages", desk(new AnthropicMessages(), script, count));
        http.createContext("/v1/models", exchange -> list(exchange, models));
        http.setExecutor(threads);
        http.start();
    }

    private CallDesk desk(AnswerForm form, ModelScript script, PromptCount count) {
        return new CallDesk(form, script, count, account, closed);
    }

    /**
     * Starts a server on a free port. It counts one token for every four characters.
     *
     * @param script the source of the answers
     * @return the running server
     * @throws IOException if no port can be opened
     */
    public static ModelServer start(ModelScript script) throws IOException {
        return start(0, script);
    }

    /**
     * Starts a server on a port. It counts one token for every four characters.
     *
     * @param port 1 to 65535; 0 for a free port
     * @param script the source of the answers
     * @return the running server
     * @throws IOException if the port cannot be opened: a {@link java.net.BindException} if it is in use
     */
    public static ModelServer start(int port, ModelScript script) throws IOException {
        return new ModelServer(port, script, text -> (text.length() + 3) / 4, List.of());
    }

    /**
     * Starts a server on a free port.
     *
     * @param script the source of the answers
     * @param tokens counts the tokens of a text
     * @param models the models to list; the server answers for any model
     * @return the running server
     * @throws IOException if no port can be opened
     */
    public static ModelServer start(ModelScript script, ToIntFunction<String> tokens, String... models)
            throws IOException {
        return new ModelServer(0, script, tokens, List.of(models));
    }

    /**
     * Returns the server's URL.
     *
     * @return for example {@code http://127.0.0.1:40123/v1}
     */
    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/v1");
    }

    /**
     * Returns the record of charges.
     *
     * @return always the same object
     */
    public Account account() {
        return account;
    }

    private static void list(HttpExchange exchange, List<String> models) throws IOException {
        ObjectNode list = AnswerForm.object().put("object", "list");
        list.putArray("data")
                .addAll(models.stream()
                        .map(model -> AnswerForm.object().put("id", model).put("object", "model"))
                        .toList());
        byte[] body = AnswerForm.JSON.writeValueAsBytes(list);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Ends the server immediately and closes open connections. */
    @Override
    public void close() {
        closed.countDown();
        http.stop(0);
        threads.shutdownNow();
    }
}
