// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Handler of one kind of call. It reads calls, lets them be answered, and refuses invalid ones. */
final class CallDesk implements HttpHandler {

    private final AnswerForm form;
    private final ModelScript script;
    private final PromptCount count;
    private final Account account;
    private final CountDownLatch closed;
    private final Map<String, Integer> prompts = new ConcurrentHashMap<>();

    CallDesk(AnswerForm form, ModelScript script, PromptCount count, Account account, CountDownLatch closed) {
        this.form = form;
        this.script = script;
        this.count = count;
        this.account = account;
        this.closed = closed;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        SeenCall call;
        try {
            call = read(exchange);
        } catch (AnswerForm.BadCallException e) {
            account.addRefusal();
            byte[] body =
                    form.error(e.status, "", String.valueOf(e.getMessage())).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(e.status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
            return;
        }
        Turn turn = script.turn(call);
        long input = count.of(form, call.body());
        AnswerForm.Told told = new AnswerForm.Told("msg_1", call, turn, told(call, turn, input));
        new Delivery(form, told, exchange, new Bill(call, input, turn.cachedTokens(), count, account), closed).send();
    }

    private AnswerForm.Tokens told(SeenCall call, Turn turn, long input) {
        return turn.fault() instanceof Fault.WrongUsage wrong
                ? new AnswerForm.Tokens(true, wrong.inputTokens(), 0, wrong.outputTokens())
                : new AnswerForm.Tokens(
                        !(turn.fault() instanceof Fault.NoUsage),
                        input,
                        turn.cachedTokens(),
                        count.output(form.output(call, turn)));
    }

    private SeenCall read(HttpExchange exchange) throws IOException, AnswerForm.BadCallException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        if (!exchange.getRequestMethod().equals("POST")) {
            throw new AnswerForm.BadCallException(405, "Only POST is allowed here.");
        }
        String key = form.key(exchange.getRequestHeaders());
        JsonNode body = json(bytes);
        if (!body.path("model").isTextual()) {
            throw new AnswerForm.BadCallException(400, "you must provide a model parameter");
        }
        String prompt = form.prompt(body);
        int number = prompts.merge(key + '\n' + prompt, 1, Integer::sum);
        return new SeenCall(
                form.kind(),
                key,
                body.get("model").asText(),
                prompt,
                number,
                body.path("stream").asBoolean(),
                body);
    }

    private static JsonNode json(byte[] bytes) throws IOException, AnswerForm.BadCallException {
        try {
            return AnswerForm.JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new AnswerForm.BadCallException(400, "We could not parse the JSON body of your request.");
        }
    }
}
