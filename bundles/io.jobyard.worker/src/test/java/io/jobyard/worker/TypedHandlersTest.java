// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.FieldProblem;
import io.jobyard.api.handler.Field;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.TypedJobHandler;
import io.jobyard.doubles.FakeSizeLimits;
import io.jobyard.worker.typed.TypedClasses;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TypedHandlersTest {

    enum Speed {
        SLOW,
        FAST
    }

    record Line(String article, @Field(min = 0.5, max = 100) BigDecimal amount) {}

    record Order(
            @Field(description = "customer number", pattern = "^C[0-9]+$", examples = "C42")
            String customer,

            @Field(minLength = 1, maxLength = 3) List<Line> lines,
            Optional<Instant> at,
            @Nullable Speed speed,

            @JsonProperty(value = "retry_count", defaultValue = "3")
            Integer retries,

            @Field(hidden = true) String card,
            Map<String, Integer> counts,
            Object extra) {}

    record Receipt(String number, List<Line> lines) {}

    static final class Orders implements TypedJobHandler<Order, Receipt> {
        @Override
        public Receipt handle(Order payload, JobContext context) {
            return new Receipt(payload.customer(), payload.lines());
        }
    }

    private static final String GOOD = "{\"customer\":\"C1\",\"lines\":[{\"article\":\"a\",\"amount\":1.5}],"
            + "\"card\":\"4711\",\"counts\":{\"a\":1},\"extra\":[1],\"more\":true}";

    private static Handler read(TypedJobHandler<?, ?> handler) throws RefusedHandlerException {
        return HandlerReader.read(
                ReferenceFixture.of(Map.of(HandlesJob.TYPE, "order")),
                () -> TypedHandler.of(handler, handler.getClass()),
                null);
    }

    private static void assertRefused(TypedJobHandler<?, ?> handler, String... parts) {
        assertThatThrownBy(() -> read(handler))
                .isInstanceOfSatisfying(
                        RefusedHandlerException.class,
                        e -> assertThat(e.refused.reason()).contains(parts));
    }

    @Test
    void theSchemaOfTheRecordChecksPayloadsAndNamesTheInnerPath() throws Exception {
        Handler handler = read(new Orders());
        assertThat(handler.schema.problems(GOOD)).isEmpty();
        assertThat(handler.schema.problems(GOOD.replace("1.5", "\"x\"")))
                .extracting(FieldProblem::field)
                .containsExactly("payload.lines[0].amount");
        assertThat(handler.schema.problems(GOOD.replace("1.5", "0.25")))
                .extracting(FieldProblem::message)
                .singleElement()
                .asString()
                .startsWith("payload.lines[0].amount does not match the schema of order: ");
        assertThat(handler.schema.problems("{}"))
                .extracting(FieldProblem::field)
                .containsExactlyInAnyOrder(
                        "payload.customer", "payload.lines", "payload.card", "payload.counts", "payload.extra");
        assertThat(handler.schema.problems(GOOD.replace("C1", "D1"))).hasSize(1);
        assertThat(handler.schema.problems(GOOD.replace("{\"article\":\"a\",\"amount\":1.5}", "")))
                .extracting(FieldProblem::field)
                .containsExactly("payload.lines");
        assertThat(handler.schema.problems(GOOD.replace("\"more\":true", "\"at\":null,\"speed\":\"FAST\"")))
                .isEmpty();
        assertThat(handler.schema.problems(GOOD.replace("\"more\":true", "\"speed\":\"WARP\"")))
                .extracting(FieldProblem::field)
                .contains("payload.speed");
    }

    @Test
    void theSchemaHasTheTextsOfTheAnnotations() throws Exception {
        Handler handler = read(new Orders());
        JsonNode schema = new ObjectMapper().readTree(handler.schema.text().orElseThrow());
        assertThat(schema.at("/properties/customer/description").asText()).isEqualTo("customer number");
        assertThat(schema.at("/properties/customer/examples/0").asText()).isEqualTo("C42");
        assertThat(schema.at("/properties/card/x-jobyard-hidden").asBoolean()).isTrue();
        assertThat(schema.at("/properties/retry_count/default").asText()).isEqualTo("3");
        assertThat(schema.path("properties").fieldNames()).toIterable().startsWith("customer", "lines", "at");
        assertThat(handler.hidden).containsExactly("payload.card");
        assertThat(ResultSchema.problems("a", String.valueOf(handler.resultSchema), "{\"number\":\"a\",\"lines\":[]}"))
                .isEmpty();
        assertThat(ResultSchema.problems("a", String.valueOf(handler.resultSchema), "{\"number\":\"a\"}"))
                .hasSize(1);
    }

    @Test
    void whatJsonCannotReadOrWriteNamesItsPath() throws Exception {
        Handler handler = read(new Orders());
        assertThatThrownBy(() -> handler.payloads.payload(
                        GOOD.replace("1.5", "\"x\""),
                        TypedHandler.classes(handler.service).payload()))
                .isInstanceOf(PermanentException.class)
                .hasMessageStartingWith("the payload does not match Order at payload.lines[0].amount: ");
        record Rows(List<Object> rows) {}
        assertThatThrownBy(() -> handler.results.object(new Rows(List.of(1, new Object())), FakeSizeLimits.MOST))
                .isInstanceOf(PermanentException.class)
                .hasMessageContaining(" at result.rows[1]: ");
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface Named {}

    record WithClass(List<Map<String, Named>> items) {}

    record WithFieldClass(
            @JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS)
            Object any) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({@JsonSubTypes.Type(value = Circle.class, name = "circle"), @JsonSubTypes.Type(Square.class)})
    interface Shape {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    record Drawing(List<Shape> shapes) {}

    record Tree(String name, List<Tree> children) {}

    record Wrapped<T>(T value, int version) {}

    interface Loose {}

    record WithLoose(Loose loose) {}

    record WithStream(Inner inner) {}

    record Inner(InputStream file) {}

    record WithRunnable(Runnable code) {}

    record WithType(Class<?> type) {}

    record BadRange(@Field(min = 3, max = 2) int count) {}

    record BadPattern(@Field(pattern = "(") String text) {}

    record BadExample(@Field(examples = "{") int count) {}

    record BadBound(@Field(min = 3) String text) {}

    private abstract static class Taking<P> implements TypedJobHandler<P, Map<String, Object>> {
        @Override
        public Map<String, Object> handle(P payload, JobContext context) {
            return Map.of();
        }
    }

    @Test
    void jsonThatNamesClassesIsRefused() {
        assertRefused(
                new Taking<WithClass>() {},
                "payload WithClass",
                "payload.items[].* has @JsonTypeInfo(use = CLASS), which lets JSON name classes");
        assertRefused(new Taking<WithFieldClass>() {}, "payload.any has @JsonTypeInfo(use = MINIMAL_CLASS)");
    }

    @Test
    void aFieldWithoutASchemaIsRefusedByItsPath() {
        assertRefused(new Taking<WithStream>() {}, "payload WithStream", "payload.inner.file is a java.io.InputStream");
        assertRefused(new Taking<WithRunnable>() {}, "payload.code is a java.lang.Runnable");
        assertRefused(new Taking<WithType>() {}, "payload.type is a java.lang.Class");
        assertRefused(new Taking<WithLoose>() {}, "payload.loose is the interface Loose without named subtypes");
        assertRefused(new Taking<BadRange>() {}, "payload.count has an invalid @Field: min = 3.0 is above max = 2.0");
        assertRefused(new Taking<BadPattern>() {}, "payload.text has an invalid @Field: invalid pattern (");
        assertRefused(new Taking<BadExample>() {}, "payload.count has an invalid @Field: invalid example {");
        assertRefused(new Taking<BadBound>() {}, "payload.text has an invalid @Field: min and max apply to numbers");
    }

    @Test
    void aHandlerThatDoesNotNameItsClassesIsRefused() {
        TypedJobHandler<Line, Line> lambda = (line, context) -> line;
        assertRefused(lambda, "does not name its payload and result: write a class");
        assertRefused(new Taking<String>() {}, "the payload of TypedJobHandler is a String", "use a record");
        assertRefused(new Taking<List<Line>>() {}, "the payload of TypedJobHandler is a List");
    }

    @Test
    void namedSubtypesRecursionAndGenericsHaveASchema() throws Exception {
        Handler shapes = read(new Taking<Drawing>() {});
        assertThat(shapes.schema.problems("{\"shapes\":[{\"@type\":\"circle\",\"radius\":1}]}"))
                .isEmpty();
        assertThat(shapes.schema.problems("{\"shapes\":[{\"@type\":\"circle\",\"radius\":\"x\"}]}"))
                .isNotEmpty();
        Handler trees = read(new Taking<Tree>() {});
        assertThat(trees.schema.problems("{\"name\":\"a\",\"children\":[{\"name\":\"b\",\"children\":[{\"name\":1,"
                        + "\"children\":[]}]}]}"))
                .extracting(FieldProblem::field)
                .containsExactly("payload.children[0].children[0].name");
        Handler wrapped = read(new Taking<Wrapped<List<Line>>>() {});
        assertThat(wrapped.schema.problems("{\"value\":[{\"article\":1,\"amount\":1}],\"version\":1}"))
                .extracting(FieldProblem::field)
                .containsExactly("payload.value[0].article");
        assertThat(read(new Taking<Map<String, Object>>() {}).schema.problems("{\"a\":1}"))
                .isEmpty();
        assertThat(TypedClasses.of(Orders.class, TypedJobHandler.class).isVoid())
                .isFalse();
    }

    @Test
    void hiddenFieldsJoinTheConfiguredOnes() throws Exception {
        record Secret(@Field(hidden = true) String pin) {}
        record Person(Map<String, List<Secret>> secrets) {}
        Handler handler = read(new Taking<Person>() {});
        assertThat(handler.hidden).containsExactly("payload.secrets.*.*.pin");
        HandlerRegistry registry = HandlerRegistry.of(Map.of(), new WorkerFixture().clock);
        assertThat(registry.typeRules()).isEmpty();
        Taking<Person> service = new Taking<>() {};
        registry.bindTyped(service, service.getClass(), ReferenceFixture.of(Map.of(HandlesJob.TYPE, "person")));
        assertThat(registry.typeRules().get("person").hidden().paths()).containsExactly("payload.secrets.*.*.pin");
        assertThat(registry.typeRules()).isSameAs(registry.typeRules());
    }
}
