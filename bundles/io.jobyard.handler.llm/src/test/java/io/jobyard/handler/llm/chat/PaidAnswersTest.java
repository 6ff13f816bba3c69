// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import static io.jobyard.handler.llm.chat.ModelFixture.asking;
import static io.jobyard.handler.llm.chat.ModelFixture.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.doubles.FakeJobContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is paid is not asked for again, and not thrown away. */
class PaidAnswersTest {

    private static final String WHOLE =
            "{\"choices\":[{\"message\":{\"content\":\"plum\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}";
    private static final String EVENTS = "data: {\"choices\":[{\"delta\":{\"content\":\"pl\"}}]}\n\n"
            + "data: {\"choices\":[{\"delta\":{\"content\":\"um\"},\"finish_reason\":\"stop\"}]}\n\n"
            + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\ndata: [DONE]\n\n";

    @RegisterExtension
    final ModelFixture models = new ModelFixture();

    private final List<String> keys = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @AfterEach
    void end() {
        server.stop(0);
    }

    /** Answers with that, and ends the connection before as many bytes have come as it has told. */
    private void serve(int status, String type, String body, int missing) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length + missing);
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        server.start();
        models.configure("a", "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Test
    void aWholeAnswerCountsAlsoIfItsConnectionFailsThen() throws Exception {
        serve(200, "application/json", WHOLE, 7);
        FakeJobContext context = asking("fruit", "stream", false);
        assertThat(models.handle(context)).containsEntry("text", "plum");
        assertThat(used(context, "tokens")).isEqualTo(5);
    }

    @Test
    void aPartOfAnAnswerDoesNot() throws Exception {
        serve(200, "application/json", WHOLE.substring(0, WHOLE.length() - 1), 7);
        assertThatThrownBy(() -> models.handle(asking("fruit", "stream", false)))
                .isInstanceOf(RetryableException.class)
                .hasMessage("endpoint a closed the connection before the response was complete");
    }

    @Test
    void anAnswerWhoseStreamIsOverCountsWhateverComesBehindIt() throws Exception {
        serve(200, "text/event-stream", EVENTS + "data: nonsense\n\n", 7);
        assertThat(models.handle(asking("fruit"))).containsEntry("text", "plum");
    }

    @Test
    void aStreamOfEventsIsReadAsOneWhateverItsTypeSays() throws Exception {
        serve(200, "application/json; charset=utf-8", ": hello\n\n" + EVENTS, 0);
        FakeJobContext context = asking("fruit");
        assertThat(models.handle(context)).containsEntry("text", "plum");
        assertThat(context.emitted).hasToString("plum");
        assertThat(used(context, "tokens")).isEqualTo(5);
    }

    @Test
    void eachTryHasAKeyByWhichTheProviderKnowsItAgain() throws Exception {
        serve(200, "application/json", WHOLE, 0);
        models.handle(asking("fruit"));
        models.handle(asking("fruit"));
        FakeJobContext again = asking("fruit");
        again.attempt = 2;
        models.handle(again);
        assertThat(keys).hasSize(3).allSatisfy(key -> assertThat(key).matches("[0-9a-f]{64}"));
        assertThat(keys.get(1)).as("the same try, after its host was killed").isEqualTo(keys.get(0));
        assertThat(keys.get(2)).isNotEqualTo(keys.get(0));
    }

    @Test
    void textsAreEmbeddedOnceAlsoIfTheConnectionFailsThen() throws Exception {
        serve(
                200,
                "application/json",
                "{\"data\":[{\"index\":0,\"embedding\":[1.5]}],\"usage\":{\"prompt_tokens\":2}}",
                9);
        FakeJobContext context = asking("none");
        EmbeddedBatch batch = models.client
                .embed(context, "batch 1", new EmbedPayload(null, "m", List.of("one"), null), List.of("one"))
                .toCompletableFuture()
                .get();
        assertThat(batch.vectors()[0]).containsExactly(1.5f);
        assertThat(context.used).contains("requests 1.0");
    }

    @Test
    void aRefusedCallIsARequestThatCostsNothing() throws Exception {
        serve(500, "application/json", "{}", 0);
        FakeJobContext context = asking("fruit");
        assertThatThrownBy(() -> models.handle(context)).isInstanceOf(RetryableException.class);
        assertThat(used(context, "requests")).isEqualTo(1);
        assertThat(used(context, "tokens")).isZero();
        assertThat(context.used).contains("tokens 0.0", "usd 0.0");
    }
}
