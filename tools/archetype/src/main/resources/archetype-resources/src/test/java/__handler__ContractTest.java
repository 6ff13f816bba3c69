package ${package};

import io.jobyard.testkit.host.HandlerContract;
import io.jobyard.testkit.host.HandlerExample;
import java.util.List;
import java.util.Map;

/** Tests the host's expectations of every handler, with an example of this handler. */
class ${handler}ContractTest extends HandlerContract {

    @Override
    protected List<HandlerExample> examples() {
        return List.of(HandlerExample.ofTyped(${handler}::new, Map.of("text", "to be or not to be")));
    }
}
