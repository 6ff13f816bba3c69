package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jobyard.api.ValidationException;
import io.jobyard.testkit.host.TestHost;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the handler on a host in memory, without OSGi and with a clock that the test advances. */
class ${handler}Test {

    private final TestHost host = TestHost.with(new ${handler}());

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void countsTheWordsOfAText() {
        assertEquals(
                new ${handler}.Count(6),
                host.submit(Map.of("text", "to be or not to be")).await().result(${handler}.Count.class));
    }

    @Test
    void refusesAPayloadWithoutText() {
        assertThrows(ValidationException.class, () -> host.submit(Map.of()));
    }
}
