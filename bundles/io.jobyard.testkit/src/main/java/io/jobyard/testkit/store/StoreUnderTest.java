// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.JobRepository;

/** A store of its own for one test. */
public interface StoreUnderTest extends AutoCloseable {

    /** The store as the host's present life has it. */
    JobRepository repository();

    /** Lets a listener hear of the commits. */
    void listen(CommitListener listener);

    /** Begins the next life of the host on the same data; the present one did not say good-bye to its runs. */
    void restart();

    @Override
    void close();
}
