// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.function.Supplier;

/**
 * A command that asks something of the host: its words are its options' annotations, its question and its table stand in
 * the answer.
 *
 * @param <O> its options
 */
abstract class UserCommand<O extends UserOptions> extends JobCommand<O> {

    private final CommandUsers users;

    UserCommand(Supplier<O> options, CommandUsers users) {
        super(options);
        this.users = users;
    }

    /** Does the work for a user. */
    abstract Answer answer(O options, CommandUser user) throws InterruptedException;

    @Override
    final Answer run(O options, Screen screen) throws InterruptedException {
        return answer(options, users.of(options, screen));
    }
}
