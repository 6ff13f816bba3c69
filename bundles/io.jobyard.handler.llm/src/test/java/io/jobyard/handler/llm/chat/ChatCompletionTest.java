// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import static io.jobyard.handler.llm.chat.ModelFixture.asking;
import static io.jobyard.handler.llm.chat.ModelFixture.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.handler.PermanentException;
import io.jobyard.doubles.FakeJobContext;
import io.jobyard.handler.llm.wire.RequestedTool;
import io.jobyard.handler.llm.wire.TokenUsage;
import io.jobyard.modelserver.Charge;
import io.jobyard.modelserver.ModelScript;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.modelserver.Turn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatCompletionTest {

    private static final Map<String, Object> TOTAL = Map.of(
            "type",
            "object",
            "properties",
            Map.of("total", Map.of("type", "integer")),
            "required",
            List.of("total"),
            "additionalProperties",
            false);

    @RegisterExtension
    final ModelFixture models = new ModelFixture();

    @ParameterizedTest
    @CsvSource({"openai,true", "openai,false", "anthropic,true", "anthropic,false"})
    void givesTheAnswerAndSettlesWhatTheProviderSays(String wire, boolean stream) throws Exception {
        ModelServer server =
                models.endpoint("a", ModelScript.of(Turn.text("Over and done.").cached(4)), "wire", wire);
        FakeJobContext context = asking("Tell me when it is over", "stream", stream);

        Map<String, Object> result = models.handle(context);

        Charge charge = server.account().charges().get(0);
        assertThat(charge.key()).isEqualTo(ModelFixture.KEY);
        assertThat(result)
                .containsEntry("text", "Over and done.")
                .containsEntry("toolCalls", List.of())
                .containsEntry("model", "m")
                .containsEntry("endpoint", "a")
                .containsEntry("finishReason", "stop")
                .containsEntry("usage", new TokenUsage(charge.inputTokens(), 4, charge.outputTokens()))
                .doesNotContainKey("json");
        double cost = ((charge.inputTokens() - 4) * 2 + 4 + charge.outputTokens() * 8) / 1e6;
        assertThat((Double) result.get("cost")).isEqualTo(cost);
        assertThat(used(context, "tokens")).isEqualTo(charge.inputTokens() + charge.outputTokens());
        assertThat(used(context, "tokens.input")).isEqualTo(charge.inputTokens());
        assertThat(used(context, "tokens.output")).isEqualTo(charge.outputTokens());
        assertThat(used(context, "usd")).isEqualTo(cost);
        assertThat(context.emitted).hasToString("Over and done.");
        assertThat(context.log).isEmpty();
    }

    @Test
    void aStepThatIsStoredIsNeitherPaidNorSettledAgain() throws Exception {
        ModelServer server = models.endpoint("a", ModelScript.echo());
        FakeJobContext context = asking("once");
        Map<String, Object> first = models.handle(context);
        context.used.clear();

        assertThat(models.handle(context)).isEqualTo(first);

        assertThat(server.account().charges()).hasSize(1);
        assertThat(context.used).containsOnly("tokens 0.0", "usd 0.0"); // which gives the estimate back
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void namesTheToolsThatTheModelAsksFor(String wire) throws Exception {
        models.endpoint("a", call -> Turn.tool("look", "{\"at\": 1}").andTool("look", "{}"), "wire", wire);

        Map<String, Object> result = models.handle(asking("look", "tools", List.of(Map.of("name", "look"))));

        assertThat(result)
                .containsEntry("text", "")
                .containsEntry("finishReason", "tool_calls")
                .containsEntry(
                        "toolCalls",
                        List.of(
                                new RequestedTool("call_1", "look", "{\"at\": 1}"),
                                new RequestedTool("call_2", "look", "{}")));
    }

    @ParameterizedTest
    @CsvSource({"openai,true", "openai,false", "anthropic,true", "anthropic,false"})
    void givesJsonThatFitsTheSchema(String wire, boolean stream) throws Exception {
        models.endpoint("a", call -> Turn.text("{\"total\": 7}"), "wire", wire);
        FakeJobContext context = asking("sum", "responseSchema", TOTAL, "stream", stream);

        assertThat(models.handle(context))
                .containsEntry("json", Map.of("total", 7))
                .containsEntry("finishReason", "stop");
        assertThat(context.steps).containsOnlyKeys("call 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void asksOnceMoreForJsonThatFits(String wire) throws Exception {
        ModelServer server = models.endpoint(
                "a",
                call -> Turn.text(
                        call.prompt().contains("at '/total': string found, integer expected")
                                ? "{\"total\": 7}"
                                : "{\"total\": \"seven\"}"),
                "wire",
                wire);
        FakeJobContext context = asking("sum", "responseSchema", TOTAL);

        Map<String, Object> result = models.handle(context);

        Charge both = server.account().total(charge -> true);
        assertThat(result)
                .containsEntry("json", Map.of("total", 7))
                .containsEntry("usage", new TokenUsage(both.inputTokens(), 0, both.outputTokens()));
        assertThat((Double) result.get("cost")).isEqualTo(used(context, "usd"));
        assertThat(context.steps).containsOnlyKeys("call 1", "call 1 repair");
        assertThat(context.log)
                .containsExactly(
                        "the answer does not match responseSchema (at '/total': string found, integer expected);"
                                + " asking the model again");
    }

    @Test
    void failsForGoodIfTheSecondAnswerFitsNoBetterAndSaysWhere() {
        models.endpoint("a", call -> Turn.text("{\"total\": 1.5, \"made-up\": 1}"));

        assertThatThrownBy(() -> models.handle(asking("sum", "responseSchema", TOTAL)))
                .isInstanceOf(PermanentException.class)
                .hasMessage("the answer does not match responseSchema, even after a second request: at '/total':"
                        + " number found, integer expected; at '': violates additionalProperties");
    }

    @Test
    void anAnswerThatIsCutOffAtItsLengthIsNotRepaired() {
        ModelServer server =
                models.endpoint("a", call -> Turn.text("{\"total\":").finish("length"));

        assertThatThrownBy(() -> models.handle(asking("sum", "responseSchema", TOTAL)))
                .isInstanceOf(PermanentException.class)
                .hasMessageMatching(
                        "the answer was cut off after \\d+ tokens and does not match the schema: raise maxTokens");
        assertThat(server.account().charges()).hasSize(1);
    }

    @Test
    void aSchemaThatIsNoneCostsNothingAndNothingIsFetched() {
        ModelServer server = models.endpoint("a", ModelScript.echo());
        Map<String, Object> wrong = Map.of("type", "object", "properties", 7);
        Map<String, Object> elsewhere = Map.of(
                "type", "object", "$ref", server.url().resolve("/v1/models").toString());

        assertThatThrownBy(() -> models.handle(asking("sum", "responseSchema", wrong)))
                .isInstanceOf(PermanentException.class)
                .hasMessageStartingWith("invalid JSON Schema in responseSchema at '/properties'");
        assertThatThrownBy(() -> models.handle(asking("sum", "responseSchema", elsewhere)))
                .isInstanceOf(PermanentException.class)
                .hasMessageStartingWith("invalid JSON Schema in responseSchema");
        assertThat(server.account().charges()).isEmpty();
    }

    @Test
    void sendsTheNameThatTheProviderKnowsAndHowLongTheAnswerMayBe() throws Exception {
        ModelServer server = models.endpoint(
                "a",
                call -> Turn.text(call.body().get("max_completion_tokens").asText()),
                "models",
                "m=upstream/m-2026",
                "max.tokens",
                "77");

        assertThat(models.handle(asking("how long?")))
                .containsEntry("text", "77")
                .containsEntry("model", "m");
        assertThat(models.handle(asking("how long?", "maxTokens", 5))).containsEntry("text", "5");
        assertThat(server.account().charges()).extracting(Charge::model).containsOnly("upstream/m-2026");
    }

    @Test
    void anEndpointWithoutASecretGetsNoKey() throws Exception {
        models.endpoint("a", ModelScript.echo(), "secret", "");

        assertThatThrownBy(() -> models.handle(asking("hi")))
                .hasMessage(
                        "endpoint a requires a key (401): set its secret in io.jobyard.llm.endpoints-a (secret = NAME)");
    }

    @Test
    void withoutAPriceNoMoneyIsCounted() throws Exception {
        models.endpoint("a", ModelScript.echo(), "price.m", "");
        FakeJobContext context = asking("hi");

        assertThat(models.handle(context)).doesNotContainKey("cost");
        assertThat(used(context, "usd")).isZero();
    }

    @Test
    void tellsWhatTheProviderHasLeftBehindWhatTheAnswerCost() throws Exception {
        models.endpoint("a", call -> Turn.text("hi").header("x-ratelimit-remaining-tokens", "500"), "fallbacks", "b");
        FakeJobContext context = asking("hi");
        models.handle(context);
        assertThat(context.remaining).singleElement().asString().startsWith("tokens 500.0 until ");
    }

    @Test
    void whatAFallbackHasLeftIsNoLimitOfTheJobs() throws Exception {
        models.endpoint(
                "a",
                call -> Turn.refused(429, "slow down").header("x-ratelimit-remaining-requests", "0"),
                "fallbacks",
                "b");
        models.endpoint("b", call -> Turn.text("hi").header("x-ratelimit-remaining-tokens", "500"));
        FakeJobContext context = asking("hi");
        models.handle(context);
        assertThat(context.remaining).singleElement().asString().startsWith("requests 0.0 until ");
    }

    @Test
    void takesTheCheaperModelWhileTheBudgetIsLow() throws Exception {
        models.endpoint("a", ModelScript.echo(), "models", "m,s", "cheaper.m", "s");

        assertThat(models.handle(asking("hi"))).containsEntry("model", "m");
        FakeJobContext poor = asking("hi");
        poor.lowBudgets.add("usd");
        assertThat(models.handle(poor)).containsEntry("model", "s");
    }
}
