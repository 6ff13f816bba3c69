// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import static io.jobyard.handler.llm.chat.ModelFixture.asking;
import static io.jobyard.handler.llm.chat.ModelFixture.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.doubles.FakeJobContext;
import io.jobyard.modelserver.Charge;
import io.jobyard.modelserver.Fault;
import io.jobyard.modelserver.ModelScript;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.modelserver.Turn;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault, what becomes of the run, and what its user reads. */
class ChatFaultsTest {

    private static final Turn ANSWER = Turn.text("one two three four five");

    @RegisterExtension
    final ModelFixture models = new ModelFixture();

    private final FakeJobContext context = asking("count");

    @ParameterizedTest
    @CsvSource({
        "400, endpoint a rejects the request (400): no way",
        "401, endpoint a rejects the key (401): update the secret key",
        "403, endpoint a does not allow this request for the key of secret key (403): no way",
        "404, endpoint a rejects the request (404): no way",
        "413, endpoint a rejects the request (413): no way",
        "422, endpoint a rejects the request (422): no way",
        "307, endpoint a answers with a redirect (307): set url to the redirect's target"
    })
    void whatIsWrongWithTheCallFailsForGood(int status, String message) {
        assertUnpaid(Turn.refused(status, "no way"), PermanentException.class, message);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 425, 500, 502, 503, 504})
    void whatMayBeBetterSoonIsTriedAgain(int status) {
        RetryableException failure = assertUnpaid(
                Turn.refused(status, "later"), RetryableException.class, "endpoint a failed (" + status + "): later");
        assertThat(failure.delay()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void theDelayGrowsWithTheAttempts() {
        context.attempt = 20;
        RetryableException failure =
                assertUnpaid(Turn.refused(500, "x"), RetryableException.class, "endpoint a failed (500): x");
        assertThat(failure.delay()).isBetween(Duration.ofSeconds(32), Duration.ofSeconds(64));
    }

    @Test
    void anInterruptOfTheClientsOwnThreadFailsOneCallAtMost() throws Exception {
        models.endpoint("a", call -> ANSWER);
        models.handle(context);
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith("-SelectorManager"))
                .forEach(thread -> {
                    thread.interrupt();
                    await().until(() -> !thread.isAlive());
                });
        assertThat(catchThrowable(() -> models.handle(asking("count")))).isInstanceOf(RetryableException.class);
        assertThat(models.handle(asking("count"))).containsEntry("text", "one two three four five");
    }

    @ParameterizedTest
    @CsvSource({
        "429, retry-after, 7, 7000",
        "429, retry-after-ms, 1200, 1200",
        "429, retry-after, 0, 1000",
        "429, retry-after, 999999999, 86400000",
        "529, retry-after, 3, 3000",
        "503, retry-after, 3, 3000",
        "429, x-none, x, 30000",
        "529, x-none, x, 30000"
    })
    void whoeverIsTurnedAwayComesBackWhenTheProviderSays(int status, String header, String value, long millis) {
        RateLimitedException failure = assertUnpaid(
                Turn.refused(status, "slow down").header(header, value),
                RateLimitedException.class,
                "endpoint a refused the call (" + status + "): slow down");
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void whoeverIsTurnedAwayComesBackWhenWhatIsUsedUpIsThereAgain() {
        RateLimitedException failure = assertUnpaid(
                Turn.refused(429, "slow down")
                        .header("x-ratelimit-remaining-requests", "3")
                        .header("x-ratelimit-reset-requests", "1h")
                        .header("x-ratelimit-remaining-tokens", "0")
                        .header("x-ratelimit-reset-tokens", "6m0s"),
                RateLimitedException.class,
                "endpoint a refused the call (429): slow down");
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofMinutes(6));
    }

    @Test
    void anAccountWithoutMoneyIsAskedAgainLater() {
        RateLimitedException failure = assertUnpaid(
                Turn.text("").with(new Fault.Refusal(429, "insufficient_quota", "You exceeded your quota")),
                RateLimitedException.class,
                "endpoint a refused the call (429): You exceeded your quota");
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void theKeyStandsInNoMessage() {
        assertUnpaid(
                Turn.refused(400, "Key " + ModelFixture.KEY + " has\nno access"),
                PermanentException.class,
                "endpoint a rejects the request (400): Key ${secret:key} has no access");
    }

    @Test
    void aMessageIsRedactedOfTheKeyBeforeItIsCut() {
        String before = "x".repeat(300 - ModelFixture.KEY.length() + 1);
        assertUnpaid(
                Turn.refused(400, before + ModelFixture.KEY + " has no access"),
                PermanentException.class,
                "endpoint a rejects the request (400): " + (before + "${secret:key} has no access").substring(0, 300)
                        + "…");
    }

    @Test
    void aSecretThatIsNoKeyIsNotSentAndNotTold() {
        ModelServer server = models.endpoint("a", ModelScript.echo());
        context.secrets.put("key", "line one\nline two");
        assertThat(catchThrowable(() -> models.handle(context)))
                .isInstanceOf(PermanentException.class)
                .hasMessage("invalid key in secret key: use only ASCII letters, digits and punctuation");
        assertThat(server.account().refused()).isZero();
    }

    @Test
    void aServerThatIsNotThereIsTriedAgain() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        models.configure("a", "http://127.0.0.1:" + port + "/v1");
        assertThat(catchThrowable(() -> models.handle(context)))
                .isInstanceOf(RetryableException.class)
                .hasMessage("endpoint a cannot be reached at http://127.0.0.1:" + port + "/v1 (ConnectException)");
        assertThat(used(context, "tokens")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void anAnswerThatIsCutOffIsPaidAsFarAsItCame(String wire) {
        assertPaid(
                wire,
                ANSWER.with(new Fault.Cut(3)),
                RetryableException.class,
                "endpoint a closed the connection before the response was complete");
        assertThat(context.emitted).hasToString("one two three ");
        assertThat(context.log)
                .singleElement()
                .asString()
                .matches(
                        "endpoint a, model m: charged for an incomplete answer: \\d+ input tokens, 4 output tokens, 0\\.0000\\d+"
                                + " usd \\(estimated where the provider reports nothing\\)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void anAnswerThatIsCutOffBeforeItsFirstWordCostsItsPrompt(String wire) {
        assertPaid(
                wire,
                ANSWER.with(new Fault.Cut(0)),
                RetryableException.class,
                "endpoint a closed the connection before the response was complete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void anAnswerThatStopsComingIsGivenUp(String wire) {
        assertPaid(
                wire,
                ANSWER.with(new Fault.Silence(2)),
                RetryableException.class,
                "endpoint a sent nothing for 3 s during its response (idle.seconds)");
    }

    @Test
    void anAnswerThatDoesNotBeginIsGivenUp() {
        assertPaid(
                "openai",
                ANSWER.with(new Fault.Silence(-1)),
                RetryableException.class,
                "endpoint a did not start its response within 3 s (timeout.seconds)");
        assertThat(context.heartbeats).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"openai, server_error", "anthropic, api_error"})
    void aProviderThatFailsWithinItsAnswerIsTriedAgain(String wire, String code) {
        assertPaid(
                wire,
                ANSWER.with(new Fault.Broken(2, code, "it broke")),
                RetryableException.class,
                "endpoint a failed while sending its response: it broke");
    }

    @Test
    void aProviderThatIsOverloadedWithinItsAnswerIsLeftAloneForAWhile() {
        RateLimitedException failure = assertPaid(
                "anthropic",
                ANSWER.with(new Fault.Broken(2, "overloaded_error", "Overloaded")),
                RateLimitedException.class,
                "endpoint a failed while sending its response: Overloaded");
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void anEventThatIsNoJsonIsTriedAgain(String wire) {
        assertThat(fail(wire, ANSWER.with(new Fault.BadJson())))
                .isInstanceOf(RetryableException.class)
                .hasMessage("endpoint a sent an invalid response: an event of the stream is not a JSON object");
    }

    @Test
    void anAnswerThatIsNoJsonIsTriedAgain() {
        assertThat(fail("openai", ANSWER.with(new Fault.BadBody())))
                .isInstanceOf(RetryableException.class)
                .hasMessage("endpoint a sent an invalid response: it is not a JSON object");
    }

    @Test
    void anAnswerThatIsTooLargeFailsForGoodAndIsReadNoFurther() {
        FakeJobContext whole = asking("count", "stream", false);
        models.endpoint("a", call -> Turn.text("word ".repeat(2_000)), "max.answer.bytes", "1024");
        for (FakeJobContext each : new FakeJobContext[] {context, whole}) {
            assertThat(catchThrowable(() -> models.handle(each)))
                    .isInstanceOf(PermanentException.class)
                    .hasMessage("endpoint a: the answer is larger than 1024 bytes (max.answer.bytes)");
            assertThat(used(each, "tokens")).isPositive();
        }
        assertThat(context.emitted.length()).isLessThanOrEqualTo(1_024);
    }

    @ParameterizedTest
    @CsvSource({"openai,true", "openai,false", "anthropic,true", "anthropic,false"})
    void whatTheProviderDoesNotSayIsCounted(String wire, boolean stream) throws Exception {
        ModelServer server = models.endpoint("a", call -> ANSWER.with(new Fault.NoUsage()), "wire", wire);
        FakeJobContext asked = asking("count", "stream", stream, "system", "In words.");
        models.handle(asked);
        assertSettled(server, asked);
    }

    @Test
    void whatTheProviderSaysIsTakenWhateverItIs() throws Exception {
        models.endpoint("a", call -> ANSWER.with(new Fault.WrongUsage(1_000_000, 7)));
        models.handle(context);
        assertThat(used(context, "tokens.input")).isEqualTo(1_000_000);
        assertThat(used(context, "usd")).isEqualTo(2.000056);
    }

    @Test
    void numbersThatCannotBeAreCounted() throws Exception {
        ModelServer server = models.endpoint("a", call -> ANSWER.with(new Fault.WrongUsage(-5, -7)));
        models.handle(context);
        assertSettled(server, context);
    }

    @Test
    void anAnswerThatComesSlowlyIsNoFault() throws Exception {
        models.endpoint(
                "a", call -> ANSWER.paced(Duration.ofMillis(300), Duration.ofMillis(50)), "timeout.seconds", "60");
        assertThat(models.handle(context)).containsEntry("text", "one two three four five");
    }

    @Test
    void anotherEndpointStandsInForOneThatFails() throws Exception {
        models.endpoint("a", call -> Turn.refused(503, "away"), "fallbacks", "b,c");
        models.endpoint("b", call -> Turn.refused(429, "slow down").header("retry-after", "60"));
        ModelServer third = models.endpoint("c", call -> ANSWER, "price.m", "1/1");
        assertThat(models.handle(context)).containsEntry("endpoint", "c").containsEntry("model", "m");
        assertSettled(third, context, 1, 1);
        assertThat(context.log)
                .containsExactly("endpoint a failed (503): away", "endpoint b refused the call (429): slow down");
    }

    @ParameterizedTest
    @CsvSource({"429, 1", "529, 1", "503, 0"})
    void anOverloadedEndpointLowersTheLimitsEvenIfAnotherOneStandsIn(int status, int overloads) throws Exception {
        models.endpoint("a", call -> Turn.refused(status, "slow down"), "fallbacks", "b,c");
        models.endpoint("b", call -> Turn.refused(429, "slow down"));
        models.endpoint("c", call -> ANSWER);
        assertThat(models.handle(context)).containsEntry("endpoint", "c");
        assertThat(context.overloads).isEqualTo(overloads);
    }

    @Test
    void ifAllFailTheFirstOneSaysWhatBecomesOfTheRun() {
        models.endpoint("a", call -> Turn.refused(429, "slow down").header("retry-after", "60"), "fallbacks", "b");
        models.endpoint("b", call -> Turn.refused(400, "no way"));
        Throwable failure = catchThrowable(() -> models.handle(context));
        assertThat(failure)
                .isInstanceOf(RateLimitedException.class)
                .hasMessage(
                        "endpoint a refused the call (429): slow down; then endpoint b rejects the request (400): no"
                                + " way");
        assertThat(((RateLimitedException) failure).retryAfter()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void noOtherEndpointIsAskedForWhatIsPaidOrWrong() {
        models.endpoint(
                "a", ModelScript.of(ANSWER.with(new Fault.Cut(1)), Turn.refused(400, "no way")), "fallbacks", "b");
        ModelServer other = models.endpoint("b", call -> ANSWER);
        assertThat(catchThrowable(() -> models.handle(context))).isInstanceOf(RetryableException.class);
        assertThat(catchThrowable(() -> models.handle(context))).isInstanceOf(PermanentException.class);
        assertThat(other.account().charges()).isEmpty();
    }

    @Test
    void aModelThatNobodyServesFailsForGood() {
        models.endpoint("a", call -> ANSWER);
        assertThat(catchThrowable(() -> models.handle(asking("hi", "model", "x"))))
                .isInstanceOf(PermanentException.class)
                .hasMessage("no endpoint serves model x: a serves m");
    }

    private <T extends Throwable> T assertUnpaid(Turn turn, Class<T> failure, String message) {
        Throwable thrown = fail("openai", turn);
        assertThat(thrown).isInstanceOf(failure).hasMessage(message);
        assertThat(context.used)
                .filteredOn(told -> !told.startsWith("requests"))
                .containsOnly("tokens 0.0", "usd 0.0");
        assertThat(context.steps).isEmpty();
        return failure.cast(thrown);
    }

    private <T extends Throwable> T assertPaid(String wire, Turn turn, Class<T> failure, String message) {
        ModelServer server = endpoint(wire, turn);
        Throwable thrown = catchThrowable(() -> models.handle(context));
        assertThat(thrown).isInstanceOf(failure).hasMessage(message);
        assertSettled(server, context);
        assertThat(context.steps).isEmpty();
        return failure.cast(thrown);
    }

    private static void assertSettled(ModelServer server, FakeJobContext context) {
        assertSettled(server, context, 2, 8);
    }

    private static void assertSettled(ModelServer server, FakeJobContext context, int input, int output) {
        Charge charge = server.account().total(all -> true);
        assertThat(Map.of(
                        "tokens", used(context, "tokens"),
                        "tokens.input", used(context, "tokens.input"),
                        "tokens.output", used(context, "tokens.output"),
                        "usd", used(context, "usd")))
                .isEqualTo(Map.of(
                        "tokens",
                        (double) charge.inputTokens() + charge.outputTokens(),
                        "tokens.input",
                        (double) charge.inputTokens(),
                        "tokens.output",
                        (double) charge.outputTokens(),
                        "usd",
                        (charge.inputTokens() * input + charge.outputTokens() * output) / 1e6));
    }

    private Throwable fail(String wire, Turn turn) {
        endpoint(wire, turn);
        return catchThrowable(() -> models.handle(context));
    }

    private ModelServer endpoint(String wire, Turn turn) {
        boolean isSilent = turn.fault() instanceof Fault.Silence;
        String timeout = isSilent ? "3" : "60";
        return models.endpoint("a", call -> turn, "wire", wire, "timeout.seconds", timeout, "idle.seconds", timeout);
    }
}
