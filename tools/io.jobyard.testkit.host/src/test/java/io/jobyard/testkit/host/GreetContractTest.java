// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import java.util.List;
import java.util.Map;

/** A handler without steps. */
class GreetContractTest extends HandlerContract {

    @Override
    protected List<HandlerExample> examples() {
        return List.of(HandlerExample.of(Greet::new, Map.of("name", "Ada")));
    }
}
