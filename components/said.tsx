import { Fragment, type ReactNode } from 'react';

type Props = {
  /** A sentence with gaps, such as `Continue as {name}`. */
  text: string;
  /** What stands in the gaps. */
  gaps: Readonly<Record<string, ReactNode>>;
};

/** A sentence with elements in its gaps, wherever a language has them. */
export function Said({ text, gaps }: Props) {
  return text.split(/\{(\w+)\}/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence stay in their order
    <Fragment key={index}>{index % 2 === 1 ? gaps[part] : part}</Fragment>
  ));
}
