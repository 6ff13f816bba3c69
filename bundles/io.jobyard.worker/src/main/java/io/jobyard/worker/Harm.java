// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.Set;

/** Who hears of the bundles that harm the host. */
interface Harm {

    /** As many threads are stuck as there are workers, and these bundles keep them. */
    void stuck(Set<String> bundles);

    /** Handlers of these bundles end the process. */
    void ended(Set<String> bundles);
}
