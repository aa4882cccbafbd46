/** Version and commit of this build; set by vite.config.ts. */
declare const REGULARS_BUILD: string;
