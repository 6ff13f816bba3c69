// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import java.util.List;
import java.util.Map;

class InviteContractTest extends HandlerContract {
    @Override
    protected List<HandlerExample> examples() {
        Mailbox mailbox = new Mailbox(); // a fake, made anew for each run
        return List.of(HandlerExample.of(() -> new Invite(mailbox), Map.of("to", "ada"))
                .waiting(job -> job.signal("approved", true))
                .outside(mailbox::sent));
    }
}
