// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

/** Charge for one call, made once. For one thread. */
final class Bill {

    private final SeenCall call;
    private final long inputTokens;
    private final long cachedTokens;
    private final PromptCount count;
    private final Account account;
    private final StringBuilder sent = new StringBuilder();
    private boolean complete;
    private boolean closed;

    Bill(SeenCall call, long inputTokens, long cachedTokens, PromptCount count, Account account) {
        this.call = call;
        this.inputTokens = inputTokens;
        this.cachedTokens = cachedTokens;
        this.count = count;
        this.account = account;
    }

    void sent(String output) {
        sent.append(output);
    }

    void complete() {
        complete = true;
        close();
    }

    void refused() {
        closed = true;
        account.addRefusal();
    }

    void close() {
        if (!closed) {
            closed = true;
            account.add(new Charge(
                    call.key(), call.model(), inputTokens, cachedTokens, count.output(sent.toString()), complete));
        }
    }
}
